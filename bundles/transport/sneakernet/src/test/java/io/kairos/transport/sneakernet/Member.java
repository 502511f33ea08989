package io.kairos.transport.sneakernet;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.api.packet.IdentityHash;
import io.kairos.crypto.bouncycastle.Ed25519Signer;
import io.kairos.crypto.bouncycastle.X25519Agreement;
import io.kairos.crypto.reticulum.ReticulumSuite;
import io.kairos.test.kit.MemoryStore;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A node of a stick network, without router: it travels by hand. */
final class Member implements LocalIdentity {

    static final String KEY = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    static final CryptoSuite SUITE = new ReticulumSuite(new X25519Agreement(), new Ed25519Signer());
    static final long NOW = 1_800_000_000L;
    static final long DAY = 86_400;

    final MemoryStore store = new MemoryStore();
    final List<byte[]> inbox = new ArrayList<>();
    final Sealer sealer;
    Spool spool;
    Traveller traveller;
    private final byte[] seed;
    private final PublicIdentity publicIdentity;
    private final boolean links;
    boolean isListening = true;

    Member(int number) {
        this(number, KEY, false);
    }

    Member(int number, String key, boolean links) {
        this.links = links;
        seed = new byte[32];
        Arrays.fill(seed, (byte) number);
        byte[] keys = new byte[64];
        System.arraycopy(SUITE.keyAgreement().publicKey(seed), 0, keys, 0, 32);
        System.arraycopy(SUITE.signer().publicKey(seed), 0, keys, 32, 32);
        publicIdentity = PublicIdentity.of(keys, Sealer.hashOf(keys));
        sealer = new Sealer(SUITE, NetworkKey.ofHex(key), this);
        restart();
    }

    /** Begins with what the store has. */
    void restart() {
        spool = Spool.load(store, "sneakernet/test/spool", 1 << 20);
        SeenTable seen = store.read("seen").map(SeenTable::of).orElseGet(SeenTable::new);
        traveller = new Traveller(
                places(Set.of(), 1), spool, seen, () -> isListening, (writer, packet) -> inbox.add(packet));
    }

    SneakernetSettings.Places places(Set<IdentityHash> writers, int leastReaders) {
        return new SneakernetSettings.Places(
                "test",
                "main",
                new FolderPatterns(List.of()),
                new KeySource("", "", KEY),
                writers,
                new StickBudget(50, 8 << 20),
                Duration.ofDays(14),
                1 << 20,
                leastReaders,
                Duration.ofSeconds(1),
                Duration.ofMillis(20),
                links);
    }

    void queue(byte[]... packets) {
        spool.add(List.of(packets), NOW + 14 * DAY, NOW + 60);
    }

    /** Plugs the stick in, does everything, pulls it out; how many packets came. */
    int visit(Path root) throws IOException {
        return visit(root, NOW);
    }

    int visit(Path root, long now) throws IOException {
        Stick stick = new Stick(StickFolder.on(root).orElseThrow(), traveller);
        int came = stick.read(sealer, now);
        store.write("seen", traveller.seen().toBytes());
        stick.write(sealer, now, true);
        return came;
    }

    /** A data packet to some destination that tells its number. */
    static byte[] packet(int number) {
        byte[] packet = new byte[150];
        Arrays.fill(packet, (byte) number);
        packet[0] = 0;
        packet[1] = 0;
        return packet;
    }

    /** An identity store that knows this member alone. */
    IdentityStore identities() {
        return (IdentityStore) Proxy.newProxyInstance(
                Member.class.getClassLoader(),
                new Class<?>[] {IdentityStore.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "node" -> this;
                    case "network" -> "main";
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == args[0];
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Override
    public String name() {
        return "node";
    }

    @Override
    public PublicIdentity publicIdentity() {
        return publicIdentity;
    }

    @Override
    public byte[] sign(byte[] message) {
        return SUITE.signer().sign(seed, message);
    }

    @Override
    public Optional<byte[]> agree(byte[] peerPublicKey) {
        throw new MeshException(Failure.Kind.BUG, "not needed", "none");
    }

    @Override
    public Optional<byte[]> decrypt(byte[] ciphertext, List<byte[]> ratchets, boolean enforceRatchets) {
        return Optional.empty();
    }
}
