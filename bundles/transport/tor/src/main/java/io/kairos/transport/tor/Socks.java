package io.kairos.transport.tor;

import io.kairos.api.failure.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a client says to a SOCKS 5 proxy and hears from it (RFC 1928, RFC 1929). Host names are handed on as they are; only
 * the proxy looks them up. Stateless: bytes in, values out.
 *
 * <pre>
 *  greeting    05 count methods…            answer  05 method
 *  password    01 length user length pass   answer  01 status
 *  request     05 01 00 03 length name port answer  05 code 00 type address port
 * </pre>
 */
final class Socks {

    static final int METHOD_NONE = 0x00;
    static final int METHOD_PASSWORD = 0x02;

    /** Longest user, password and name. */
    static final int LONGEST_TEXT = 255;

    private static final byte VERSION = 5;
    private static final byte PASSWORD_VERSION = 1;
    private static final byte CONNECT = 1;
    private static final byte NAME = 3;
    private static final int IPV4 = 1;
    private static final int IPV6 = 4;

    private Socks() {}

    /** Offers one method, so that the proxy cannot choose one that gives the isolation up. */
    static byte[] greeting(int method) {
        return new byte[] {VERSION, 1, (byte) method};
    }

    /** The method that two bytes of answer choose. */
    static int method(byte[] answer) {
        if (answer[0] != VERSION) {
            throw new MalformedException("the greeting is not that of SOCKS 5");
        }
        return answer[1] & 0xFF;
    }

    static byte[] password(String user, String password) {
        ByteBuffer out = ByteBuffer.allocate(3 + 2 * LONGEST_TEXT);
        out.put(PASSWORD_VERSION);
        putText(out, user);
        putText(out, password);
        return taken(out);
    }

    /** Whether two bytes of answer accept the password. */
    static boolean isAccepted(byte[] answer) {
        return answer[1] == 0;
    }

    static byte[] connect(String host, int port) {
        ByteBuffer out = ByteBuffer.allocate(7 + LONGEST_TEXT);
        out.put(VERSION).put(CONNECT).put((byte) 0).put(NAME);
        putText(out, host);
        out.putShort((short) port);
        return taken(out);
    }

    /** The code that the first four bytes of an answer carry; 0 is success. */
    static int code(byte[] head) {
        if (head[0] != VERSION) {
            throw new MalformedException("the answer is not that of SOCKS 5");
        }
        return head[1] & 0xFF;
    }

    /**
     * Bytes that follow the first four of a successful answer.
     *
     * @param length the fifth byte, which is the length of a name where the address is one
     */
    static int rest(byte[] head, int length) {
        return switch (head[3]) {
            case IPV4 -> 4 + 2;
            case IPV6 -> 16 + 2;
            case NAME -> 1 + length + 2;
            default -> throw new MalformedException("an address of an unknown type");
        };
    }

    private static void putText(ByteBuffer out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > LONGEST_TEXT) {
            throw new IllegalArgumentException("%d bytes of text".formatted(bytes.length));
        }
        out.put((byte) bytes.length).put(bytes);
    }

    private static byte[] taken(ByteBuffer out) {
        byte[] bytes = new byte[out.flip().remaining()];
        out.get(bytes);
        return bytes;
    }
}
