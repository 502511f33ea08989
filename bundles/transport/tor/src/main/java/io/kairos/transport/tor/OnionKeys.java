package io.kairos.transport.tor;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.store.Store;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The private keys of onion services, in the node's encrypted store; a document for each name of an interface, with the key
 * as tor writes it in the first line and the address in the second.
 */
final class OnionKeys {

    private static final String FOLDER = "tor/";
    private static final Pattern CONTENT = Pattern.compile("(ED25519-V3:[A-Za-z0-9+/=]{80,100})\\n([a-z2-7]{56})\\n?");

    private final Supplier<Store> store;

    /**
     * The key of a service.
     *
     * @param privateKey {@code ED25519-V3:} and Base64
     * @param service 56 characters, the address without {@code .onion}
     */
    record Key(String privateKey, String service) {

        /** Without what is secret. */
        @Override
        public String toString() {
            return "Key";
        }
    }

    /** @param store the store of now, or {@code null} */
    OnionKeys(Supplier<Store> store) {
        this.store = store;
    }

    Optional<Key> find(String interfaceName) {
        return present().read(document(interfaceName)).map(bytes -> {
            Matcher content = CONTENT.matcher(new String(bytes, StandardCharsets.US_ASCII));
            if (!content.matches()) {
                throw new MeshException(
                        Failure.Kind.STORAGE,
                        "The key kept for this interface is no key of an onion service",
                        "Restore the node's store from a backup. Without it the interface needs another name, and gets"
                                + " another address.");
            }
            return new Key(content.group(1), content.group(2));
        });
    }

    void keep(String interfaceName, Key key) {
        String text = key.privateKey() + "\n" + key.service() + "\n";
        present().write(document(interfaceName), text.getBytes(StandardCharsets.US_ASCII));
    }

    static String document(String interfaceName) {
        try {
            byte[] name = interfaceName.getBytes(StandardCharsets.UTF_8);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name);
            return FOLDER + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private Store present() {
        Store now = store.get();
        if (now == null) {
            throw new MeshException(
                    Failure.Kind.STORAGE,
                    "The node's store, which keeps this interface's address, is not there",
                    "The node may still be starting; mesh:doctor says what is missing. Kairos tries again by itself.");
        }
        return now;
    }
}
