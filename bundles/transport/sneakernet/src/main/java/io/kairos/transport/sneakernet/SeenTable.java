package io.kairos.transport.sneakernet;

import io.kairos.api.packet.IdentityHash;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which packets of which writer have been delivered, as ranges of their numbers. Bounded: writers that were not met for
 * half a year are forgotten, the one that was not met for longest makes room for a new one, and where a writer has too many
 * ranges its lowest gap counts as delivered.
 *
 * <pre>
 *  document   byte 1, int writers, for each: writer(16), spool(8), last met in seconds(8), int ranges, for each: first(8), last(8)
 * </pre>
 *
 * <p>One owner.
 */
final class SeenTable {

    static final int MOST_ORIGINS = 512;
    static final int MOST_RANGES = 512;

    private static final long FORGET_SECONDS = 180L * 86_400;
    private static final byte VERSION = 1;

    private static final class Numbers {
        private final TreeMap<Long, Long> ranges = new TreeMap<>();
        private long metSeconds;
    }

    private final Map<Origin, Numbers> origins = new HashMap<>();

    /** Whether it was delivered before. */
    boolean has(Origin origin, long number) {
        Numbers numbers = origins.get(origin);
        if (numbers == null) {
            return false;
        }
        Map.Entry<Long, Long> range = numbers.ranges.floorEntry(number);
        return range != null && range.getValue() >= number;
    }

    /** It is delivered now. */
    void add(Origin origin, long number, long nowSeconds) {
        Numbers numbers = origins.computeIfAbsent(origin, fresh -> new Numbers());
        numbers.metSeconds = nowSeconds;
        if (!has(origin, number)) {
            join(numbers.ranges, number);
        }
        if (origins.size() > MOST_ORIGINS) {
            forgetOldest();
        }
    }

    private static void join(TreeMap<Long, Long> ranges, long number) {
        Map.Entry<Long, Long> below = ranges.floorEntry(number);
        long first = below != null && below.getValue() == number - 1 ? below.getKey() : number;
        Long above = ranges.get(number + 1);
        long last = above != null ? above : number;
        ranges.remove(number + 1);
        ranges.put(first, last);
        if (ranges.size() > MOST_RANGES) {
            Map.Entry<Long, Long> lowest = ranges.pollFirstEntry();
            Map.Entry<Long, Long> next = ranges.pollFirstEntry();
            ranges.put(lowest.getKey(), next.getValue());
        }
    }

    private void forgetOldest() {
        origins.entrySet().stream()
                .min(Comparator.comparingLong(each -> each.getValue().metSeconds))
                .ifPresent(oldest -> origins.remove(oldest.getKey()));
    }

    /** Forgets writers that were not met for long. */
    void expire(long nowSeconds) {
        if (WallTime.isPlausible(nowSeconds)) {
            origins.values().removeIf(numbers -> numbers.metSeconds + FORGET_SECONDS < nowSeconds);
        }
    }

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeInt(origins.size());
            for (Map.Entry<Origin, Numbers> each : origins.entrySet()) {
                out.write(each.getKey().writer().toBytes());
                out.writeLong(each.getKey().spool());
                out.writeLong(each.getValue().metSeconds);
                out.writeInt(each.getValue().ranges.size());
                for (Map.Entry<Long, Long> range : each.getValue().ranges.entrySet()) {
                    out.writeLong(range.getKey());
                    out.writeLong(range.getValue());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not refuse
        }
        return bytes.toByteArray();
    }

    /** Reads what {@link #toBytes} wrote; a later version counts as empty. */
    static SeenTable of(byte[] bytes) {
        SeenTable table = new SeenTable();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int count = in.readByte() == VERSION ? in.readInt() : 0;
            for (int i = 0; i < count; i++) {
                Origin origin = new Origin(IdentityHash.of(in.readNBytes(IdentityHash.LENGTH)), in.readLong());
                Numbers numbers = new Numbers();
                numbers.metSeconds = in.readLong();
                int ranges = in.readInt();
                for (int range = 0; range < ranges; range++) {
                    numbers.ranges.put(in.readLong(), in.readLong());
                }
                table.origins.put(origin, numbers);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table;
    }
}
