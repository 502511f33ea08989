package io.kairos.transport.i2p;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MalformedException;
import io.kairos.api.failure.MeshException;
import io.kairos.api.store.Store;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The private keys by which others know an interface, in the node's encrypted store. The document bears the name that
 * Reticulum gave such files at first, SHA-256 of SHA-256 of the interface's name, and has the same content; the importer
 * writes it, too.
 */
final class OwnKeys {

    private static final String FOLDER = "i2p/";

    private final Supplier<Store> store;

    /** @param store the store of now, or {@code null} */
    OwnKeys(Supplier<Store> store) {
        this.store = store;
    }

    /** The keys kept for this name, in Base64. */
    Optional<String> find(String interfaceName) {
        return present().read(document(interfaceName)).map(bytes -> {
            String text = new String(bytes, StandardCharsets.US_ASCII).strip();
            try {
                Destination.ofPrivate(text);
                return text;
            } catch (MalformedException e) {
                throw new MeshException(
                        Failure.Kind.STORAGE,
                        "The private keys kept for this interface are no keys of I2P: " + e.getMessage(),
                        "Restore the node's store from a backup. Without it the interface needs another name, and gets"
                                + " another address.");
            }
        });
    }

    void keep(String interfaceName, String privateKeys) {
        present().write(document(interfaceName), privateKeys.getBytes(StandardCharsets.US_ASCII));
    }

    static String document(String interfaceName) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] once = sha.digest(interfaceName.getBytes(StandardCharsets.UTF_8));
            return FOLDER + HexFormat.of().formatHex(sha.digest(once));
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
