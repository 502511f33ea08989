package io.kairos.lib.wire;

import io.kairos.api.failure.MalformedException;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.bytes.MessagePack;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Requests and responses on a link, both MessagePack lists.
 *
 * <pre>
 *  request    [ time (float, seconds), truncated hash of the path (16 bytes), data ]
 *  response   [ request id (16 bytes), value ]
 * </pre>
 *
 * <p>Specification: docs/protocol/link.md. Test vectors: {@code LinkVectors}.
 */
public final class RequestCodec {

    /** Length of a request id and of a path hash in bytes. */
    public static final int ID = Hashes.TRUNCATED;

    private RequestCodec() {}

    public static byte[] pathHash(String path) {
        return Hashes.truncated(path.getBytes(StandardCharsets.UTF_8));
    }

    public static byte[] request(double seconds, byte[] pathHash, Object data) {
        return MessagePack.pack(Arrays.asList(seconds, pathHash, data));
    }

    public static byte[] response(byte[] requestId, Object value) {
        return MessagePack.pack(Arrays.asList(requestId, value));
    }

    public static Request decodeRequest(byte[] packed) {
        List<?> list = list(packed, 3);
        if (!(list.get(0) instanceof Number time)) {
            throw new MalformedException("the time of a request is not a number");
        }
        return new Request(time.doubleValue(), id(list.get(1)), list.get(2));
    }

    public static Response decodeResponse(byte[] packed) {
        List<?> list = list(packed, 2);
        return new Response(id(list.get(0)), list.get(1));
    }

    private static List<?> list(byte[] packed, int size) {
        if (MessagePack.unpack(packed) instanceof List<?> list && list.size() == size) {
            return list;
        }
        throw new MalformedException("not a list of " + size);
    }

    private static byte[] id(Object value) {
        if (value instanceof byte[] bytes && bytes.length == ID) {
            return bytes;
        }
        throw new MalformedException("not a truncated hash");
    }

    /** A request as it arrived. */
    public static final class Request {

        private final double seconds;
        private final byte[] pathHash;
        private final Object data;

        Request(double seconds, byte[] pathHash, Object data) {
            this.seconds = seconds;
            this.pathHash = pathHash;
            this.data = data;
        }

        /** When it was asked, by the asker's clock, seconds since 1970. */
        public double seconds() {
            return seconds;
        }

        public byte[] pathHash() {
            return pathHash.clone();
        }

        public Object data() {
            return data;
        }
    }

    /** A response as it arrived. */
    public static final class Response {

        private final byte[] requestId;
        private final Object value;

        Response(byte[] requestId, Object value) {
            this.requestId = requestId;
            this.value = value;
        }

        public byte[] requestId() {
            return requestId.clone();
        }

        public Object value() {
            return value;
        }
    }
}
