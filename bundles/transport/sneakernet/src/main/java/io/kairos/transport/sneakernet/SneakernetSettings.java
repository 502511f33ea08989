package io.kairos.transport.sneakernet;

import io.kairos.api.packet.IdentityHash;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.LinkBudget;
import io.kairos.lib.medium.Checks;
import io.kairos.lib.medium.LineSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The settings, checked and in types that cannot be confused.
 *
 * @param line what the open interface depends on
 * @param policy how the core shall treat it
 * @param budget what routing should expect
 */
record SneakernetSettings(Places line, InterfacePolicy policy, LinkBudget budget) implements LineSettings {

    /** As for other slow media. */
    static final int PACKET_BYTES = 1_064;

    private static final int CODE_BYTES = 8;
    private static final int LEAST_PASSPHRASE = 12;

    /**
     * Where and how packets are put on sticks.
     *
     * @param network which of the node's networks; its identity signs
     * @param links whether packets of links are carried
     * @param writers whose packets are taken; empty: those of every member
     * @param leastReaders a file of this node goes once so many have read it
     */
    record Places(
            String name,
            String network,
            FolderPatterns folders,
            KeySource key,
            Set<IdentityHash> writers,
            StickBudget budget,
            Duration keep,
            int spoolBytes,
            int leastReaders,
            Duration look,
            Duration gather,
            boolean links) {

        Places {
            writers = Set.copyOf(writers);
        }
    }

    @Override
    public String name() {
        return line.name();
    }

    /**
     * Checks the settings.
     *
     * @throws io.kairos.api.failure.MeshException that names key, value and remedy
     */
    static SneakernetSettings from(SneakernetConfig config, Map<String, ?> properties) {
        String name = Checks.name(config.interface_name(), properties, "sticks");
        InterfacePolicy policy = policy(properties);
        Places places = new Places(
                name,
                policy.network(),
                folders(config.folders()),
                key(config),
                writers(config.writers()),
                new StickBudget(
                        Checks.between("share.percent", config.share_percent(), 1, 90, 10),
                        (long) Checks.between("share.megabytes", config.share_megabytes(), 1, 65_536, 64) << 20),
                Duration.ofDays(Checks.between("keep.days", config.keep_days(), 1, 90, 14)),
                Checks.between("spool.bytes", config.spool_bytes(), 65_536, 64 << 20, 2 << 20),
                Checks.between("readers.least", config.readers_least(), 1, 1_000, 1),
                Duration.ofSeconds(Checks.between("look.seconds", config.look_seconds(), 1, 3_600, 3)),
                Duration.ofMillis(
                        Checks.between("gather.milliseconds", config.gather_milliseconds(), 10, 60_000, 1_000)),
                config.links());
        long bitrate = Checks.bitsPerSecond(config.bitrate_bits_per_second(), 2_000);
        return new SneakernetSettings(places, policy, LinkBudget.plain(bitrate, PACKET_BYTES));
    }

    /** Enough to be shown, for settings that were refused. */
    static SneakernetSettings refused(Map<String, ?> properties) {
        Places none = new Places(
                Checks.nameOfRefused(properties, SneakernetInterface.KIND_NAME),
                InterfacePolicy.DEFAULT.network(),
                new FolderPatterns(List.of()),
                new KeySource("", "", ""),
                Set.of(),
                new StickBudget(1, 0),
                Duration.ofDays(1),
                65_536,
                1,
                Duration.ofHours(1),
                Duration.ofMinutes(1),
                false);
        return new SneakernetSettings(none, InterfacePolicy.DEFAULT, LinkBudget.plain(2_000, PACKET_BYTES));
    }

    /** A stick brings the announces of weeks at once, all of them from members: that is no burst to be held back. */
    private static InterfacePolicy policy(Map<String, ?> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.putIfAbsent("ingress.control", "false");
        return InterfacePolicy.parse(all, CODE_BYTES);
    }

    private static FolderPatterns folders(String[] given) {
        List<String> patterns = Arrays.stream(given == null ? new String[0] : given)
                .map(String::strip)
                .filter(pattern -> !pattern.isEmpty())
                .toList();
        if (patterns.isEmpty()) {
            throw Checks.refuse("folders is empty", "Write where sticks appear, for example folders = /media/*/*.");
        }
        for (String pattern : patterns) {
            if (!FolderPatterns.isUsable(pattern)) {
                throw Checks.refuse(
                        "folders = " + pattern + " is no absolute path whose parts may be *",
                        "Write for example folders = /media/*/*.");
            }
        }
        return new FolderPatterns(patterns);
    }

    private static KeySource key(SneakernetConfig config) {
        String key = config.key() == null ? "" : config.key().strip();
        String passphrase = config.passphrase() == null ? "" : config.passphrase();
        if (key.isEmpty() == passphrase.isEmpty()) {
            throw Checks.refuse(
                    key.isEmpty() ? "Neither passphrase nor key is set" : "Both passphrase and key are set",
                    "Set one of them, the same at all who exchange sticks.");
        }
        if (!key.isEmpty() && !key.matches("[0-9a-fA-F]{64}")) {
            throw Checks.refuse("key has not 64 hexadecimal digits", "Draw one: openssl rand -hex 32.");
        }
        if (key.isEmpty() && passphrase.length() < LEAST_PASSPHRASE) {
            throw Checks.refuse(
                    "passphrase has fewer than " + LEAST_PASSPHRASE + " characters",
                    "Take four or more random words: who finds a stick has all the time to guess.");
        }
        return new KeySource(
                passphrase,
                config.stick_network() == null ? "" : config.stick_network().strip(),
                key);
    }

    private static Set<IdentityHash> writers(String[] given) {
        Set<IdentityHash> writers = new HashSet<>();
        for (String text : given == null ? new String[0] : given) {
            if (!text.isBlank()) {
                try {
                    writers.add(IdentityHash.parse(text));
                } catch (IllegalArgumentException wrong) {
                    throw Checks.refuse(
                            "writers has an entry that is no hash: " + wrong.getMessage(),
                            "identity:list shows the hash of a node; separate several by commas.");
                }
            }
        }
        return writers;
    }
}
