package io.kairos.transport.sneakernet;

import io.kairos.api.store.Store;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Packets that wait for a stick, kept over restarts. Bounded by bytes and age: the newest announce of a destination takes
 * the place of the one before, and where there is no room the oldest path requests go first, then announces, then the rest.
 *
 * <pre>
 *  head        byte 1, spool(8), numbers below this may be in use(8)
 *  s&lt;number&gt;   byte 1, int packets, for each: number(8), expiry in seconds(8), short length, packet
 * </pre>
 *
 * <p>Numbers are reserved ahead, so that a power cut gives none twice. One owner.
 */
final class Spool {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte VERSION = 1;
    private static final int RESERVED = 4_096;
    private static final int PIECE_BYTES = 32 << 10;

    /** What waits beside the packet itself: its place in the tables. */
    private static final int ENTRY_BYTES = 64;

    private final Store store;
    private final String folder;
    private final long mostBytes;

    private final TreeMap<Long, Entry> waiting = new TreeMap<>();
    private final Map<String, Long> subjects = new HashMap<>();
    private final TreeMap<Long, Piece> pieces = new TreeMap<>();
    private long id;
    private long next = 1;
    private long reserved = 1;
    private long bytes;

    /** Packets that stand in one document. */
    private static final class Piece {
        private final List<Entry> entries = new ArrayList<>();
        private int bytes;
        private int alive;
    }

    private Spool(Store store, String folder, long mostBytes) {
        this.store = store;
        this.folder = folder;
        this.mostBytes = mostBytes;
    }

    /** Reads what waits. */
    static Spool load(Store store, String folder, long mostBytes) {
        Spool spool = new Spool(store, folder, mostBytes);
        Optional<byte[]> head = store.read(folder + "/head");
        if (head.isPresent()) {
            spool.readHead(head.get());
        } else {
            spool.id = RANDOM.nextLong();
            spool.reserve();
        }
        for (String name : store.list(folder)) {
            if (name.startsWith(folder + "/s")) {
                store.read(name).ifPresent(document -> spool.readPiece(name, document));
            }
        }
        return spool;
    }

    long id() {
        return id;
    }

    int size() {
        return waiting.size();
    }

    long bytes() {
        return bytes;
    }

    /** What waits behind a number, in order. */
    Collection<Entry> after(long number) {
        return waiting.tailMap(number, false).values();
    }

    /**
     * Takes packets and keeps those of which it is worth it.
     *
     * @return how many others had to go
     */
    int add(List<byte[]> packets, long expirySeconds, long fleetingExpirySeconds) {
        boolean isChanged = false;
        for (byte[] packet : packets) {
            boolean isKept = PacketKind.of(packet) != PacketKind.FLEETING;
            Entry entry = new Entry(nextNumber(), isKept ? expirySeconds : fleetingExpirySeconds, packet);
            entry.subject().ifPresent(subject -> replace(subject, entry.number()));
            waiting.put(entry.number(), entry);
            bytes += packet.length + ENTRY_BYTES;
            if (isKept) {
                if (isChanged && !pieces.isEmpty() && pieces.lastEntry().getValue().bytes > PIECE_BYTES) {
                    write();
                }
                open(entry);
                isChanged = true;
            }
        }
        int dropped = makeRoom();
        if (isChanged && !pieces.isEmpty()) {
            write();
        }
        return dropped;
    }

    /** Into the last piece, or a new one where that is full or gone. */
    private void open(Entry entry) {
        Map.Entry<Long, Piece> last = pieces.lastEntry();
        Piece piece = last == null || last.getValue().bytes > PIECE_BYTES ? new Piece() : last.getValue();
        if (piece.entries.isEmpty()) { // a new one, named after its first packet
            pieces.put(entry.number(), piece);
        }
        piece.entries.add(entry);
        piece.bytes += entry.packet().length;
        piece.alive++;
    }

    /** Drops what is too old, and what would not live until the next stick comes. */
    int expire(long nowSeconds, boolean isStickThere) {
        int before = waiting.size();
        for (Entry entry : List.copyOf(waiting.values())) {
            if (entry.isExpired(nowSeconds) || !isStickThere && entry.isFleeting()) {
                remove(entry);
            }
        }
        return before - waiting.size();
    }

    private void replace(String subject, long number) {
        Long older = subjects.put(subject, number);
        if (older != null && waiting.containsKey(older)) {
            drop(waiting.get(older));
        }
    }

    private int makeRoom() {
        int dropped = 0;
        for (PacketKind kind : List.of(PacketKind.REQUEST, PacketKind.ANNOUNCE, PacketKind.FLEETING, PacketKind.DATA)) {
            if (bytes <= mostBytes) {
                break;
            }
            Iterator<Entry> oldest = List.copyOf(waiting.values()).iterator();
            while (bytes > mostBytes && oldest.hasNext()) {
                Entry entry = oldest.next();
                if (entry.kind() == kind) {
                    remove(entry);
                    dropped++;
                }
            }
        }
        return dropped;
    }

    private void remove(Entry entry) {
        entry.subject().ifPresent(subject -> subjects.remove(subject, entry.number()));
        drop(entry);
    }

    private void drop(Entry entry) {
        waiting.remove(entry.number());
        bytes -= entry.packet().length + ENTRY_BYTES;
        if (entry.isFleeting()) {
            return;
        }
        Map.Entry<Long, Piece> piece = pieces.floorEntry(entry.number());
        if (piece != null && --piece.getValue().alive == 0) {
            pieces.remove(piece.getKey());
            store.delete(name(piece.getKey()));
        }
    }

    private long nextNumber() {
        if (next == reserved) {
            reserve();
        }
        return next++;
    }

    private void reserve() {
        reserved = next + RESERVED;
        store.write(folder + "/head", document(out -> {
            out.writeByte(VERSION);
            out.writeLong(id);
            out.writeLong(reserved);
        }));
    }

    private void readHead(byte[] head) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(head))) {
            in.readByte();
            id = in.readLong();
            next = in.readLong();
            reserved = next;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the last piece; the others do not change any more. */
    private void write() {
        Map.Entry<Long, Piece> last = pieces.lastEntry();
        List<Entry> alive = last.getValue().entries.stream()
                .filter(entry -> waiting.containsKey(entry.number()))
                .toList();
        store.write(name(last.getKey()), document(out -> {
            out.writeByte(VERSION);
            out.writeInt(alive.size());
            for (Entry entry : alive) {
                out.writeLong(entry.number());
                out.writeLong(entry.expirySeconds());
                out.writeShort(entry.packet().length);
                out.write(entry.packet());
            }
        }));
    }

    private void readPiece(String name, byte[] document) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(document))) {
            int count = in.readByte() == VERSION ? in.readInt() : 0;
            Piece piece = new Piece();
            for (int i = 0; i < count; i++) {
                Entry entry = new Entry(in.readLong(), in.readLong(), in.readNBytes(in.readUnsignedShort()));
                entry.subject().ifPresent(subject -> replace(subject, entry.number()));
                waiting.put(entry.number(), entry);
                bytes += entry.packet().length + ENTRY_BYTES;
                piece.entries.add(entry);
                piece.bytes += entry.packet().length;
                piece.alive++;
                pieces.putIfAbsent(HexFormat.fromHexDigitsToLong(name.substring(folder.length() + 2)), piece);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String name(long first) {
        return folder + "/s" + HexFormat.of().toHexDigits(first);
    }

    @FunctionalInterface
    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] document(Writing content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            content.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not refuse
        }
        return bytes.toByteArray();
    }
}
