package io.kairos.transport.satellite;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Makes packets of messages again, in whatever order they come and however often ({@link Pieces}). Packets of which pieces are
 * missing wait for a while; of those there are {@value #MOST_PARTIAL} at most, and {@value #MOST_BYTES} bytes. One owner.
 */
final class Reassembly {

    static final int MOST_PARTIAL = 64;
    static final int MOST_BYTES = 65_536;

    private static final int MOST_DONE = 1_024;

    private record Key(int sender, int number) {}

    private static final class Partial {
        private final byte[][] pieces;
        private final long sinceNanos;
        private int there;
        private int bytes;

        Partial(int count, long sinceNanos) {
            this.pieces = new byte[count][];
            this.sinceNanos = sinceNanos;
        }
    }

    private final long patienceNanos;
    private final int longestPacket;
    private final LinkedHashMap<Key, Partial> partial = new LinkedHashMap<>();
    private final LinkedHashSet<Key> done = new LinkedHashSet<>();
    private int bytes;
    private long malformed;
    private long given;

    Reassembly(Duration patience, int longestPacket) {
        this.patienceNanos = patience.toNanos();
        this.longestPacket = longestPacket;
    }

    /** Packets that are whole now. */
    List<byte[]> accept(byte[] message, long nowNanos) {
        expire(nowNanos);
        List<byte[]> whole = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(message);
        if (in.remaining() < Pieces.HEADER_BYTES || in.get() != Pieces.VERSION) {
            malformed++;
            return whole;
        }
        int sender = in.getInt();
        while (in.hasRemaining()) {
            if (in.remaining() < Pieces.PIECE_BYTES) {
                malformed++;
                return whole;
            }
            Key key = new Key(sender, in.getShort() & 0xffff);
            int place = in.get() & 0xff;
            int length = in.getShort() & 0xffff;
            if (length == 0 || length > in.remaining() || place >> 4 > (place & 15)) {
                malformed++;
                return whole;
            }
            byte[] piece = new byte[length];
            in.get(piece);
            put(key, place >> 4, (place & 15) + 1, piece, nowNanos, whole);
        }
        return whole;
    }

    private void put(Key key, int index, int count, byte[] piece, long nowNanos, List<byte[]> whole) {
        if (done.contains(key)) {
            return; // came before: the network repeats what it is not sure of
        }
        Partial packet = partial.computeIfAbsent(key, fresh -> new Partial(count, nowNanos));
        if (packet.pieces.length == count && packet.pieces[index] != null) {
            return;
        }
        if (packet.pieces.length != count || packet.bytes + piece.length > longestPacket) {
            malformed++;
            return;
        }
        packet.pieces[index] = piece;
        packet.there++;
        packet.bytes += piece.length;
        bytes += piece.length;
        if (packet.there == count) {
            forget(key, packet);
            remember(key);
            ByteBuffer all = ByteBuffer.allocate(packet.bytes);
            for (byte[] each : packet.pieces) {
                all.put(each);
            }
            whole.add(all.array());
        }
        makeRoom();
    }

    private void remember(Key key) {
        done.add(key);
        if (done.size() > MOST_DONE) {
            Iterator<Key> oldest = done.iterator();
            oldest.next();
            oldest.remove();
        }
    }

    private void makeRoom() {
        while (partial.size() > MOST_PARTIAL || bytes > MOST_BYTES) {
            Map.Entry<Key, Partial> oldest = partial.entrySet().iterator().next();
            forget(oldest.getKey(), oldest.getValue());
            given++;
        }
    }

    /** Gives up packets whose pieces do not come. */
    void expire(long nowNanos) {
        for (Map.Entry<Key, Partial> each : List.copyOf(partial.entrySet())) {
            if (nowNanos - each.getValue().sinceNanos > patienceNanos) {
                forget(each.getKey(), each.getValue());
                given++;
            }
        }
    }

    private void forget(Key key, Partial packet) {
        partial.remove(key);
        bytes -= packet.bytes;
    }

    /** Packets that wait for pieces. */
    int waiting() {
        return partial.size();
    }

    /** Packets that were given up. */
    long givenUp() {
        return given;
    }

    /** Messages and pieces that were none, since the last call. */
    long takeMalformed() {
        long since = malformed;
        malformed = 0;
        return since;
    }
}
