package io.kairos.transport.sneakernet;

import io.kairos.api.packet.IdentityHash;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Files with packets (docs/protocol/sneakernet.md, batches). All numbers are big-endian; each line is the content of a
 * parcel, behind it stands the signature (64).
 *
 * <pre>
 *  file    magic(8) || head || packet … packet || head
 *  head    01 || public keys(64) || batch(8) || created(4) || spool(8) || packets(2)
 *  packet  02 || batch(8) || writer(16) || spool(8) || number(8) || expiry(4) || packet(1 to 1,200)
 * </pre>
 *
 * <p>The head stands there twice, so that damage to one end of the file costs nothing but what is damaged.
 */
final class BatchCodec {

    /** Longest packet, with its access code. */
    static final int MOST_PACKET_BYTES = 1_200;

    /** Longer files are not read. */
    static final int MOST_FILE_BYTES = 1 << 20;

    /** Files are begun anew when they would grow beyond this. */
    static final int USUAL_FILE_BYTES = 256 << 10;

    /** The same where nodes talk through one folder. */
    static final int LIVE_FILE_BYTES = 12 << 10;

    /** What a packet adds to a file at most, beside itself. */
    static final int OVERHEAD_BYTES = 192;

    /** What each of both heads adds. */
    static final int HEAD_FILE_BYTES = 256;

    static final int MOST_PACKETS = 1_024;

    private static final byte[] MAGIC = {'K', 'S', 'N', 'K', '\r', '\n', 0x1A, 1};
    private static final int MOST_TOKEN_BYTES = 1_536;
    private static final byte HEAD = 1;
    private static final byte PACKET = 2;
    private static final int HEAD_BYTES = 1 + Sealer.KEYS_BYTES + 8 + 4 + 8 + 2 + Sealer.SIGNATURE_BYTES;
    private static final int BEFORE_PACKET = 1 + 8 + IdentityHash.LENGTH + 8 + 8 + 4;

    private BatchCodec() {}

    /** A file with these packets, at most {@value #MOST_PACKETS}. */
    static byte[] encode(Sealer sealer, long id, long spool, long nowSeconds, List<Entry> entries) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        byte[] head = sealer.parcel(ByteBuffer.allocate(HEAD_BYTES)
                .put(HEAD)
                .put(sealer.ownKeys())
                .putLong(id)
                .putInt((int) nowSeconds)
                .putLong(spool)
                .putShort((short) entries.size()));
        file.writeBytes(MAGIC);
        file.writeBytes(head);
        for (Entry entry : entries) {
            ByteBuffer content = ByteBuffer.allocate(BEFORE_PACKET + entry.packet().length)
                    .put(PACKET)
                    .putLong(id)
                    .put(sealer.self().toBytes())
                    .putLong(spool)
                    .putLong(entry.number())
                    .putInt((int) entry.expirySeconds())
                    .put(entry.packet());
            file.writeBytes(sealer.parcel(content));
        }
        file.writeBytes(head);
        return file.toByteArray();
    }

    /**
     * Reads what can be read of a file.
     *
     * @param knownKeys public keys of writers met before; needed only where both heads are damaged
     * @param met told the keys of the writer
     * @return empty where nothing of the file belongs to this network
     */
    static Optional<Batch> decode(
            Sealer sealer, byte[] file, Function<IdentityHash, Optional<byte[]>> knownKeys, MetWriter met) {
        List<byte[]> heads = new ArrayList<>();
        List<byte[]> packets = new ArrayList<>();
        boolean hasMagic = file.length >= MAGIC.length && Arrays.equals(MAGIC, Arrays.copyOf(file, MAGIC.length));
        int lost = Parcels.open(
                sealer.token(),
                file,
                hasMagic ? MAGIC.length : 0,
                MOST_TOKEN_BYTES,
                content -> sort(content, heads, packets));
        Optional<Head> head = heads.stream()
                .map(content -> head(sealer, content))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> packets.stream().findFirst().flatMap(first -> headless(first, knownKeys)));
        return head.map(found -> {
            met.met(found.origin().writer(), found.keys());
            List<Entry> entries = entries(sealer, found, packets);
            boolean isWhole = hasMagic && lost == 0 && heads.size() == 2 && entries.size() == found.packets();
            return new Batch(found.id(), found.origin(), entries, isWhole);
        });
    }

    /** Whose keys were read. */
    interface MetWriter {
        void met(IdentityHash writer, byte[] keys);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Head(long id, Origin origin, byte[] keys, int packets) {}

    private static void sort(byte[] content, List<byte[]> heads, List<byte[]> packets) {
        if (content.length == HEAD_BYTES && content[0] == HEAD) {
            heads.add(content);
        } else if (content.length > BEFORE_PACKET + Sealer.SIGNATURE_BYTES
                && content.length <= BEFORE_PACKET + MOST_PACKET_BYTES + Sealer.SIGNATURE_BYTES
                && content[0] == PACKET) {
            packets.add(content);
        }
    }

    private static Optional<Head> head(Sealer sealer, byte[] content) {
        ByteBuffer in = ByteBuffer.wrap(content, 1, content.length - 1);
        byte[] keys = new byte[Sealer.KEYS_BYTES];
        in.get(keys);
        if (!sealer.isSigned(content, keys)) {
            return Optional.empty();
        }
        long id = in.getLong();
        in.getInt(); // when it was made; for people who look at a stick
        Origin origin = new Origin(Sealer.hashOf(keys), in.getLong());
        return Optional.of(new Head(id, origin, keys, in.getShort() & 0xffff));
    }

    /** Both heads are gone; each packet names its batch and its writer. */
    private static Optional<Head> headless(byte[] packet, Function<IdentityHash, Optional<byte[]>> knownKeys) {
        ByteBuffer in = ByteBuffer.wrap(packet, 1, packet.length - 1);
        long id = in.getLong();
        byte[] writer = new byte[IdentityHash.LENGTH];
        in.get(writer);
        Origin origin = new Origin(IdentityHash.of(writer), in.getLong());
        return knownKeys.apply(origin.writer()).map(keys -> new Head(id, origin, keys, -1));
    }

    private static List<Entry> entries(Sealer sealer, Head head, List<byte[]> packets) {
        TreeMap<Long, Entry> entries = new TreeMap<>();
        for (byte[] content : packets) {
            ByteBuffer in = ByteBuffer.wrap(content, 1, content.length - 1);
            long id = in.getLong();
            byte[] writer = new byte[IdentityHash.LENGTH];
            in.get(writer);
            Origin origin = new Origin(IdentityHash.of(writer), in.getLong());
            if (id == head.id() && origin.equals(head.origin()) && sealer.isSigned(content, head.keys())) {
                long number = in.getLong();
                long expiry = in.getInt() & 0xffff_ffffL;
                byte[] packet = Arrays.copyOfRange(content, BEFORE_PACKET, content.length - Sealer.SIGNATURE_BYTES);
                if (number > 0) {
                    entries.put(number, new Entry(number, expiry, packet));
                }
            }
        }
        return List.copyOf(entries.values());
    }
}
