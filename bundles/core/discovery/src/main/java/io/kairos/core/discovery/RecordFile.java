package io.kairos.core.discovery;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.packet.IdentityHash;
import io.kairos.lib.bytes.MessagePack;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The newest announce of each interface, to be kept and checked again at the next start.
 *
 * <pre>
 *  MessagePack list of [announcer 16 bytes, application data, hops, heard in milliseconds]
 * </pre>
 */
final class RecordFile {

    private static final int MOST = 4_096;

    private final Map<ByteBuffer, Entry> entries = new LinkedHashMap<>();

    /**
     * An announce.
     *
     * @param announcer whose it is
     * @param appData as it came
     * @param hops how far away
     * @param heardMillis wall-clock time
     */
    @SuppressWarnings("ArrayRecordComponent") // kept, never compared
    record Entry(IdentityHash announcer, byte[] appData, int hops, long heardMillis) {}

    void put(byte[] id, Entry entry) {
        entries.put(ByteBuffer.wrap(id), entry);
    }

    /** The document; what is older is left out. */
    byte[] encode(long oldestMillis) {
        entries.values().removeIf(entry -> entry.heardMillis() < oldestMillis);
        List<Object> list = new ArrayList<>();
        for (Entry entry : entries.values()) {
            list.add(List.of(entry.announcer().toBytes(), entry.appData(), (long) entry.hops(), entry.heardMillis()));
        }
        return MessagePack.pack(list);
    }

    static List<Entry> decode(byte[] document) {
        if (!(MessagePack.unpack(document) instanceof List<?> list) || list.size() > MOST) {
            throw new MalformedException("not a list of announces");
        }
        List<Entry> entries = new ArrayList<>();
        for (Object item : list) {
            if (item instanceof List<?> fields
                    && fields.size() == 4
                    && fields.get(0) instanceof byte[] announcer
                    && announcer.length == IdentityHash.LENGTH
                    && fields.get(1) instanceof byte[] appData
                    && fields.get(2) instanceof Long hops
                    && fields.get(3) instanceof Long heard) {
                entries.add(new Entry(IdentityHash.of(announcer), appData, hops.intValue(), heard));
            }
        }
        return entries;
    }
}
