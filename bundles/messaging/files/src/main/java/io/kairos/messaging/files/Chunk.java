package io.kairos.messaging.files;

import io.kairos.api.link.ResourceData;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Between two Kairos nodes a file larger than {@link #BYTES} goes as several resources, so that what has arrived need not be
 * sent again after a broken link. Programs that do not say they understand this get the file as one resource.
 *
 * <pre>
 *  announce     application data of rncp.receive: {@code kairos.files.1}
 *  resource     metadata { "name": bytes, "kairos": { "id": bytes, "offset": int, "size": int } }
 *  sending      request path {@code kairos.part}, data { "id": SHA-256 of the file, "size": int };
 *               answer: int, bytes held already
 *  fetching     request path {@code kairos.fetch}, data { "name": str }; answer: { "id": what tells this state of the file
 *               from others, "size": int }, or as {@code fetch_file} answers where it is not given out.
 *               Then data { "name": str, "id": bytes, "offset": int }; answer: true, and the pieces from there on come;
 *               or again { "id", "size" } where the file is another one by now
 * </pre>
 *
 * @param id SHA-256 of the whole file, or what stands for a state of it, 32 bytes
 * @param offset where the piece belongs
 * @param size bytes of the whole file
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record Chunk(byte[] id, long offset, long size) {

    /** Application data by which a listener says that it understands. */
    static final String MARK = "kairos.files.1";

    static final String PATH = "kairos.part";
    static final String FETCH = "kairos.fetch";

    /** Bytes of one piece. */
    static final int BYTES = 1_000_000;

    private static final String KEY = "kairos";
    private static final int ID = 32;

    /** Reads the metadata of a resource; empty where it is a whole file. */
    static Optional<Chunk> of(Map<?, ?> metadata) {
        return metadata.get(KEY) instanceof Map<?, ?> map ? read(map, true) : Optional.empty();
    }

    /** Reads a request. */
    static Optional<Chunk> asked(Object data) {
        return data instanceof Map<?, ?> map ? read(map, false) : Optional.empty();
    }

    /** Reads what a request to fetch says besides the name; empty where it asks for the state of the file only. */
    static Optional<Chunk> wanted(Map<?, ?> data, long size) {
        return data.get("id") instanceof byte[] id
                        && id.length == ID
                        && data.get("offset") instanceof Long offset
                        && offset >= 0
                        && offset < size
                ? Optional.of(new Chunk(id, offset, size))
                : Optional.empty();
    }

    /** A request to fetch: the state of a file, or the file from this piece on. */
    static Map<String, Object> fetch(String name, Optional<Chunk> from) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        from.ifPresent(chunk -> {
            map.put("id", chunk.id());
            map.put("offset", chunk.offset());
        });
        return map;
    }

    /** The piece after this one; empty after the last. */
    Optional<Chunk> next() {
        long end = offset + length();
        return end < size ? Optional.of(new Chunk(id, end, size)) : Optional.empty();
    }

    private static Optional<Chunk> read(Map<?, ?> map, boolean withOffset) {
        boolean isWhole = map.get("id") instanceof byte[] id
                && id.length == ID
                && map.get("size") instanceof Long size
                && size > 0
                && (!withOffset || (map.get("offset") instanceof Long offset && offset >= 0 && offset < size));
        return isWhole
                ? Optional.of(new Chunk(
                        (byte[]) map.get("id"), withOffset ? (Long) map.get("offset") : 0, (Long) map.get("size")))
                : Optional.empty();
    }

    Map<String, Object> request() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("size", size);
        return map;
    }

    Map<String, Object> metadata(byte[] name) {
        Map<String, Object> own = new LinkedHashMap<>(request());
        own.put("offset", offset);
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put(KEY, own);
        return map;
    }

    int length() {
        return (int) Math.min(BYTES, size - offset);
    }

    /** The bytes of this piece of a file. */
    ResourceData dataOf(ResourceData file) {
        return new ResourceData() {
            @Override
            public long length() {
                return Chunk.this.length();
            }

            @Override
            public InputStream open(long from) throws IOException {
                return new Limited(file.open(offset + from), Chunk.this.length() - from);
            }
        };
    }
}
