package io.kairos.transport.sneakernet;

import java.util.Objects;

/** What the operator wrote to make a {@link NetworkKey} of. Prints nothing useful. */
final class KeySource {

    private final String passphrase;
    private final String network;
    private final String key;

    /** @param key 64 hexadecimal digits; empty: made of passphrase and network */
    KeySource(String passphrase, String network, String key) {
        this.passphrase = passphrase;
        this.network = network;
        this.key = key;
    }

    /** May take seconds. */
    NetworkKey derive() {
        return key.isEmpty() ? NetworkKey.ofPassphrase(passphrase, network) : NetworkKey.ofHex(key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeySource that
                && passphrase.equals(that.passphrase)
                && network.equals(that.network)
                && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return Objects.hash(passphrase, network, key);
    }

    @Override
    public String toString() {
        return "KeySource[…]";
    }
}
