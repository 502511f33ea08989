package io.kairos.admin.importer;

import io.kairos.api.failure.MalformedException;
import io.kairos.lib.bytes.MessagePack;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code known_destinations}. The file is one map; its entries are read one by one, so that any number of them fits
 * the bounds of {@link MessagePack}.
 *
 * <pre>
 *  { destination hash 16 : [heard float, packet hash or nil, public key 64, app data or nil, use] }
 *    use: 0 never, -1 kept for good, otherwise the time of the last use; older programs leave it out
 * </pre>
 */
final class KnownFile {

    private static final int HASH = 16;
    private static final int KEYS = 64;
    private static final int LONGEST_APP_DATA = 4_096;
    private static final int MOST_ENTRIES = 1_000_000;

    private KnownFile() {}

    /**
     * One destination.
     *
     * @param destination 16 bytes
     * @param publicKeys 64 bytes
     * @param appData absent where its announce had none
     * @param heardMillis when it was heard
     * @param isKept whether it is kept for good
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Entry(byte[] destination, byte[] publicKeys, Optional<byte[]> appData, long heardMillis, boolean isKept) {}

    /** Entries that make sense; the others are left out. */
    static List<Entry> read(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file);
        int size = mapSize(in);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Object key = MessagePack.unpack(in);
            Object value = MessagePack.unpack(in);
            entry(key, value).ifPresent(entries::add);
        }
        return entries;
    }

    private static int mapSize(ByteBuffer in) {
        int head = in.hasRemaining() ? Byte.toUnsignedInt(in.get()) : 0;
        long size;
        if (head >> 4 == 0x8) {
            size = head & 0xf;
        } else if (head == 0xde && in.remaining() >= 2) {
            size = Short.toUnsignedInt(in.getShort());
        } else if (head == 0xdf && in.remaining() >= 4) {
            size = Integer.toUnsignedLong(in.getInt());
        } else {
            throw new MalformedException("the file is no map");
        }
        if (size > MOST_ENTRIES) {
            throw new MalformedException("more than " + MOST_ENTRIES + " entries");
        }
        return (int) size;
    }

    private static Optional<Entry> entry(Object key, Object value) {
        byte[] destination = bytes(key);
        if (destination == null
                || destination.length != HASH
                || !(value instanceof List<?> fields)
                || fields.size() < 4
                || !(fields.get(0) instanceof Number heard)
                || !(fields.get(2) instanceof byte[] keys)
                || keys.length != KEYS) {
            return Optional.empty();
        }
        Optional<byte[]> appData = fields.get(3) instanceof byte[] data && data.length <= LONGEST_APP_DATA
                ? Optional.of(data)
                : Optional.empty();
        boolean kept = fields.size() > 4 && fields.get(4) instanceof Number use && use.doubleValue() == -1;
        return Optional.of(new Entry(destination, keys, appData, (long) (heard.doubleValue() * 1000), kept));
    }

    private static byte[] bytes(Object key) {
        if (key instanceof ByteBuffer buffer) {
            byte[] copy = new byte[buffer.remaining()];
            buffer.duplicate().get(copy);
            return copy;
        }
        return key instanceof byte[] array ? array : null;
    }

    /** A received ratchet: {@code {"ratchet": 32 bytes, "received": float}}; empty where it is none or too old. */
    static Optional<byte[]> ratchet(byte[] file, long notBeforeMillis) {
        try {
            if (MessagePack.unpack(file) instanceof Map<?, ?> map
                    && map.get("ratchet") instanceof byte[] key
                    && key.length == 32
                    && map.get("received") instanceof Number received
                    && received.doubleValue() * 1000 >= notBeforeMillis) {
                return Optional.of(key);
            }
        } catch (MalformedException e) {
            return Optional.empty(); // damaged: the next announce brings a new one
        }
        return Optional.empty();
    }
}
