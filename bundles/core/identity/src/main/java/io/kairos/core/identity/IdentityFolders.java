package io.kairos.core.identity;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.Networks;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.store.Store;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where the store keeps the identities of each network, also of networks that are not there at the moment: {@code
 * identities/NAME} for the main network, {@code networks/NETWORK/identities/NAME} for the others.
 */
final class IdentityFolders {

    private static final String IDENTITIES = "identities";
    private static final String NETWORKS = "networks";

    private IdentityFolders() {}

    static String of(String network) {
        return network.equals(Networks.MAIN) ? IDENTITIES : NETWORKS + "/" + network + "/" + IDENTITIES;
    }

    /** The network other than {@code except} that has this identity. */
    static Optional<String> holder(Store store, IdentityHash hash, String except) {
        if (!except.equals(Networks.MAIN)
                && store.list(IDENTITIES).stream().anyMatch(document -> isOf(store, document, hash))) {
            return Optional.of(Networks.MAIN);
        }
        for (String document : store.list(NETWORKS)) {
            String[] parts = document.split("/", -1);
            if (parts.length == 4
                    && parts[2].equals(IDENTITIES)
                    && !parts[1].equals(except)
                    && isOf(store, document, hash)) {
                return Optional.of(parts[1]);
            }
        }
        return Optional.empty();
    }

    /** What cannot be read is nobody's: its own network tells of it. */
    private static boolean isOf(Store store, String document, IdentityHash hash) {
        try {
            byte[] bytes = store.read(document).orElse(new byte[0]);
            try {
                return IdentityDocument.decode(bytes).publicIdentity().hash().equals(hash);
            } finally {
                Arrays.fill(bytes, (byte) 0);
            }
        } catch (MalformedException | MeshException e) {
            return false;
        }
    }
}
