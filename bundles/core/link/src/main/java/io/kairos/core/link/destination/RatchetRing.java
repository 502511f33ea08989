package io.kairos.core.link.destination;

import io.kairos.api.failure.MalformedException;
import io.kairos.lib.bytes.MessagePack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/**
 * The rotating keys of one destination, newest first, and the file they are kept in.
 *
 * <pre>
 *  file   MessagePack { "signature": bytes, "ratchets": bytes }
 *         ratchets    MessagePack list of X25519 private keys of 32 bytes, newest first
 *         signature   Ed25519 of the destination's identity over the bytes of ratchets
 * </pre>
 *
 * <p>Immutable. Specification: docs/protocol/announce.md. Test vectors: {@code RatchetVectors}.
 */
final class RatchetRing {

    private static final int KEY = 32;
    private static final int LARGEST = 4096;

    private final List<byte[]> keys;

    private RatchetRing(List<byte[]> keys) {
        this.keys = List.copyOf(keys);
    }

    static RatchetRing empty() {
        return new RatchetRing(List.of());
    }

    /** Private keys, newest first; not copies. */
    List<byte[]> keys() {
        return keys;
    }

    /** A ring with {@code key} in front and at most {@code retained} keys. */
    RatchetRing rotated(byte[] key, int retained) {
        List<byte[]> next = new ArrayList<>(keys.size() + 1);
        next.add(key);
        next.addAll(keys.subList(0, Math.max(0, Math.min(keys.size(), retained - 1))));
        return new RatchetRing(next);
    }

    /** @param sign signs with the destination's identity */
    byte[] toFile(UnaryOperator<byte[]> sign) {
        byte[] packed = MessagePack.pack(keys);
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("signature", sign.apply(packed));
        file.put("ratchets", packed);
        return MessagePack.pack(file);
    }

    /**
     * Reads a file.
     *
     * @param isSigned given bytes and signature, whether the destination's identity made it
     * @throws MalformedException when the file is damaged or somebody else's
     */
    static RatchetRing ofFile(byte[] file, BiPredicate<byte[], byte[]> isSigned) {
        if (!(MessagePack.unpack(file) instanceof Map<?, ?> map)
                || !(map.get("ratchets") instanceof byte[] packed)
                || !(map.get("signature") instanceof byte[] signature)) {
            throw new MalformedException("not a ratchet file");
        }
        if (!isSigned.test(packed, signature)) {
            throw new MalformedException("the ratchet file is not signed by the identity of the destination");
        }
        if (!(MessagePack.unpack(packed) instanceof List<?> list) || list.size() > LARGEST) {
            throw new MalformedException("not a list of ratchets");
        }
        List<byte[]> keys = new ArrayList<>(list.size());
        for (Object key : list) {
            if (!(key instanceof byte[] bytes) || bytes.length != KEY) {
                throw new MalformedException("not a ratchet");
            }
            keys.add(bytes);
        }
        return new RatchetRing(keys);
    }
}
