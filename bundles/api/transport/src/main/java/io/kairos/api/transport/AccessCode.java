package io.kairos.api.transport;

import java.util.Objects;
import java.util.Optional;

/**
 * The shared secret that closes an interface to strangers (in Reticulum's words: IFAC). At least one of name and
 * passphrase is present. Prints nothing useful.
 *
 * @param networkName name of the network
 * @param passphrase shared passphrase
 * @param sizeBytes length of the code in each packet, 1 to 64; the same at all neighbours
 */
public record AccessCode(Optional<String> networkName, Optional<String> passphrase, int sizeBytes) {

    public AccessCode {
        Objects.requireNonNull(networkName, "networkName");
        Objects.requireNonNull(passphrase, "passphrase");
        if (networkName.isEmpty() && passphrase.isEmpty()) {
            throw new IllegalArgumentException("an access code needs a network name or a passphrase");
        }
        if (sizeBytes < 1 || sizeBytes > 64) {
            throw new IllegalArgumentException("an access code has 1 to 64 bytes, got " + sizeBytes);
        }
    }

    @Override
    public String toString() {
        return "AccessCode[…]";
    }
}
