package io.kairos.lib.wire;

import io.kairos.api.packet.DestinationHash;
import java.util.Arrays;
import java.util.Optional;

/**
 * The payload of one announce, read in place. It keeps the bytes it was given and nothing else, because a node holds one
 * for each destination it knows.
 *
 * <p>Made by {@link AnnounceCodec}, whose drawing tells the layout. Immutable by agreement: the bytes must not be changed.
 */
public final class Announce {

    private final byte[] payload;
    private final boolean ratchet;

    Announce(byte[] payload, boolean ratchet) {
        this.payload = payload;
        this.ratchet = ratchet;
    }

    /** The bytes as they stand in the packet; not a copy. */
    public byte[] payload() {
        return payload;
    }

    /** Whether it carries a ratchet; the context flag of the packet. */
    public boolean hasRatchet() {
        return ratchet;
    }

    /** X25519 and Ed25519 public key, 64 bytes. */
    public byte[] publicKeys() {
        return Arrays.copyOf(payload, AnnounceCodec.KEYS);
    }

    /** The Ed25519 public key, 32 bytes. */
    public byte[] signingKey() {
        return Arrays.copyOfRange(payload, AnnounceCodec.KEYS / 2, AnnounceCodec.KEYS);
    }

    /** The hash of the destination's name, ten bytes. */
    public byte[] nameHash() {
        return Arrays.copyOfRange(payload, AnnounceCodec.KEYS, AnnounceCodec.BLOB_OFFSET);
    }

    /** Five random bytes and the emission time; tells announces of one destination apart. */
    public byte[] randomBlob() {
        return Arrays.copyOfRange(payload, AnnounceCodec.BLOB_OFFSET, AnnounceCodec.BLOB_OFFSET + AnnounceCodec.BLOB);
    }

    /** Unix seconds by the announcer's clock. */
    public long emissionSeconds() {
        return AnnounceCodec.emissionSeconds(payload, AnnounceCodec.BLOB_OFFSET);
    }

    /** The X25519 public key of the newest ratchet, 32 bytes. */
    public Optional<byte[]> ratchet() {
        int from = AnnounceCodec.BLOB_OFFSET + AnnounceCodec.BLOB;
        return ratchet
                ? Optional.of(Arrays.copyOfRange(payload, from, from + AnnounceCodec.RATCHET))
                : Optional.empty();
    }

    public byte[] signature() {
        int from = signatureOffset();
        return Arrays.copyOfRange(payload, from, from + AnnounceCodec.SIGNATURE);
    }

    /** What the announcer attached; empty where it attached nothing. */
    public byte[] appData() {
        return Arrays.copyOfRange(payload, signatureOffset() + AnnounceCodec.SIGNATURE, payload.length);
    }

    /** What the signature covers: the destination hash, then everything of the payload except the signature. */
    public byte[] signedData(DestinationHash destination) {
        int signature = signatureOffset();
        int behind = signature + AnnounceCodec.SIGNATURE;
        byte[] signed = new byte[DestinationHash.LENGTH + payload.length - AnnounceCodec.SIGNATURE];
        destination.writeTo(signed, 0);
        System.arraycopy(payload, 0, signed, DestinationHash.LENGTH, signature);
        System.arraycopy(payload, behind, signed, DestinationHash.LENGTH + signature, payload.length - behind);
        return signed;
    }

    private int signatureOffset() {
        return AnnounceCodec.BLOB_OFFSET + AnnounceCodec.BLOB + (ratchet ? AnnounceCodec.RATCHET : 0);
    }

    @Override
    public String toString() {
        return "Announce[" + payload.length + " bytes]";
    }
}
