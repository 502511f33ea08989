package io.kairos.core.router.storage;

import io.kairos.api.packet.DestinationHash;
import io.kairos.lib.wire.Announce;
import io.kairos.lib.wire.AnnounceCodec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Pieces that several stored documents have in common. */
final class StoredEntry {

    /** Stands before every entry. */
    static final int ENTRY = 1;

    /** Stands behind the last entry. */
    static final int END = 0;

    private StoredEntry() {}

    static void writeHash(DataOutputStream out, DestinationHash hash) throws IOException {
        out.writeLong(hash.high());
        out.writeLong(hash.low());
    }

    static DestinationHash readHash(DataInputStream in) throws IOException {
        long high = in.readLong();
        return new DestinationHash(high, in.readLong());
    }

    static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    static byte[] readBytes(DataInputStream in) throws IOException {
        return in.readNBytes(in.readUnsignedShort());
    }

    static void writeAnnounce(DataOutputStream out, Announce announce) throws IOException {
        out.writeBoolean(announce.hasRatchet());
        writeBytes(out, announce.payload());
    }

    static Announce readAnnounce(DataInputStream in) throws IOException {
        boolean ratchet = in.readBoolean();
        return AnnounceCodec.decode(readBytes(in), ratchet);
    }

    /** Whether another entry follows. */
    static boolean hasNext(DataInputStream in) throws IOException {
        int mark = in.readUnsignedByte();
        if (mark > ENTRY) {
            throw new IOException("unknown entry mark " + mark);
        }
        return mark == ENTRY;
    }
}
