package io.kairos.lib.wire;

import io.kairos.lib.bytes.Hashes;
import java.util.Arrays;

/**
 * The other side of an interface asks to keep its paths over reconnects. Made by {@link TunnelCodec}; immutable by
 * agreement.
 */
public final class TunnelRequest {

    private final byte[] payload;

    TunnelRequest(byte[] payload) {
        this.payload = payload;
    }

    /** The bytes as they stand in the packet; not a copy. */
    public byte[] payload() {
        return payload;
    }

    /** Ed25519 public key of the other node, 32 bytes. */
    public byte[] signingKey() {
        return Arrays.copyOfRange(payload, 32, TunnelCodec.KEYS);
    }

    /** What the signature covers, 112 bytes. */
    public byte[] signedData() {
        return Arrays.copyOf(payload, TunnelCodec.SIGNED);
    }

    public byte[] signature() {
        return Arrays.copyOfRange(payload, TunnelCodec.SIGNED, TunnelCodec.LENGTH);
    }

    /** Names the tunnel on both sides, 32 bytes. */
    public byte[] tunnelId() {
        return Hashes.sha256(Arrays.copyOf(payload, TunnelCodec.KEYS + TunnelCodec.INTERFACE));
    }

    @Override
    public String toString() {
        return "TunnelRequest[…]";
    }
}
