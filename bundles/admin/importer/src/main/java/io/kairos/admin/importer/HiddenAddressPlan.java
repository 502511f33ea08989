package io.kairos.admin.importer;

import io.kairos.api.admin.ReticulumImport.Result;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.store.Store;
import io.kairos.lib.configobj.ConfigSection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What becomes of the private keys of I2P interfaces, so that others go on finding them. Their files are named by the
 * interface and the transport identity, at first by the interface alone; ours is kept by the interface alone, since
 * interfaces have unique names. Used once.
 */
final class HiddenAddressPlan {

    private static final int LARGEST = 8_192;
    private static final Pattern KEYS = Pattern.compile("[A-Za-z0-9~-]{524,}={0,2}");

    private final OldFolder folder;
    private final Store store;
    private final Optional<IdentityHash> transport;

    /** @param transport the transport identity of the folder */
    HiddenAddressPlan(OldFolder folder, Store store, Optional<IdentityHash> transport) {
        this.folder = folder;
        this.store = store;
        this.transport = transport;
    }

    List<Step> steps(ConfigSection root) {
        List<Step> steps = new ArrayList<>();
        root.section("interfaces")
                .ifPresent(all -> all.sections().stream()
                        .filter(section -> section.text("type").orElse("").equals("I2PInterface"))
                        .forEach(section ->
                                file(section.name()).ifPresent(file -> steps.add(step(file, section.name())))));
        return steps;
    }

    private Optional<Path> file(String name) {
        byte[] hash = sha(name.getBytes(StandardCharsets.UTF_8));
        return folder.file(way(sha(hash)))
                .or(() -> transport.flatMap(identity -> folder.file(way(sha(hash, sha(identity.toBytes()))))));
    }

    private Step step(Path file, String name) {
        String source = folder.shown(file);
        String target = "address of " + name;
        Optional<String> keys = OldFolder.read(file, LARGEST)
                .map(bytes -> new String(bytes, StandardCharsets.US_ASCII).strip())
                .filter(text -> KEYS.matcher(text).matches());
        if (keys.isEmpty()) {
            return Step.told(source, "", Result.LEFT_OUT, "no private keys of I2P");
        }
        String document = "i2p/" + HexFormat.of().formatHex(sha(sha(name.getBytes(StandardCharsets.UTF_8))));
        byte[] content = keys.get().getBytes(StandardCharsets.US_ASCII);
        Optional<byte[]> present = store.read(document);
        if (present.isPresent()) {
            return MessageDigest.isEqual(present.get(), content)
                    ? Step.told(source, target, Result.PRESENT, "")
                    : Step.told(
                            source, target, Result.LEFT_OUT, "an interface of this name has another address already");
        }
        return Step.planned(source, target, "", () -> store.write(document, content));
    }

    private static String way(byte[] hash) {
        return "storage/i2p/" + HexFormat.of().formatHex(hash) + ".i2p";
    }

    private static byte[] sha(byte[]... parts) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                sha.update(part);
            }
            return sha.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
