package io.kairos.transport.sneakernet;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

/**
 * Files with what a node has read and written (docs/protocol/sneakernet.md, notes): one parcel behind the magic.
 *
 * <pre>
 *  03 || public keys(64) || time(4) || spool(8) || written(8) || batches(2) || batch(8) … || signature(64)
 * </pre>
 */
final class NoteCodec {

    /** Longer files are not read. */
    static final int MOST_FILE_BYTES = 48 << 10;

    private static final byte[] MAGIC = {'K', 'S', 'N', 'N', '\r', '\n', 0x1A, 1};
    private static final byte NOTE = 3;
    private static final int FIXED_BYTES = 1 + Sealer.KEYS_BYTES + 4 + 8 + 8 + 2;

    private NoteCodec() {}

    /** The node's own note. */
    static byte[] encode(Sealer sealer, Note note) {
        int count = Math.min(note.read().size(), Note.MOST_READ);
        ByteBuffer content = ByteBuffer.allocate(FIXED_BYTES + 8 * count)
                .put(NOTE)
                .put(sealer.ownKeys())
                .putInt((int) note.seconds())
                .putLong(note.origin().spool())
                .putLong(note.written())
                .putShort((short) count);
        Iterator<Long> read = note.read().iterator();
        for (int i = 0; i < count; i++) {
            content.putLong(read.next());
        }
        byte[] parcel = sealer.parcel(content);
        return ByteBuffer.allocate(MAGIC.length + parcel.length)
                .put(MAGIC)
                .put(parcel)
                .array();
    }

    /** Empty where it is damaged or of another network. */
    static Optional<Note> decode(Sealer sealer, byte[] file, BatchCodec.MetWriter met) {
        Note[] found = new Note[1];
        Parcels.open(sealer.token(), file, 0, MOST_FILE_BYTES, content -> {
            if (found[0] == null) {
                found[0] = note(sealer, content, met);
            }
        });
        return Optional.ofNullable(found[0]);
    }

    private static Note note(Sealer sealer, byte[] content, BatchCodec.MetWriter met) {
        int batchBytes = content.length - FIXED_BYTES - Sealer.SIGNATURE_BYTES;
        if (batchBytes < 0 || batchBytes % 8 != 0 || content[0] != NOTE) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(content, 1, content.length - 1);
        byte[] keys = new byte[Sealer.KEYS_BYTES];
        in.get(keys);
        if (!sealer.isSigned(content, keys)) {
            return null;
        }
        long seconds = in.getInt() & 0xffff_ffffL;
        Origin origin = new Origin(Sealer.hashOf(keys), in.getLong());
        long written = in.getLong();
        int count = in.getShort() & 0xffff;
        if (count != batchBytes / 8) {
            return null;
        }
        Set<Long> read = new HashSet<>();
        for (int i = 0; i < count; i++) {
            read.add(in.getLong());
        }
        met.met(origin.writer(), keys);
        return new Note(origin, seconds, written, read);
    }
}
