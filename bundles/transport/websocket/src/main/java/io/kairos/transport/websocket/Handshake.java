package io.kairos.transport.websocket;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** How a connection becomes a WebSocket (RFC 6455, section 4). Stateless. */
final class Handshake {

    static final int KEY_BYTES = 16;

    private static final String FIXED = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final String END = "\r\n";

    private Handshake() {}

    /**
     * What a client asks for, in the words and the order of a usual browser.
     *
     * @param authority host, and port where it is not the usual one
     * @param origin the site whose page asks
     * @param key 16 random bytes in base 64
     */
    static byte[] request(String authority, String origin, String path, String userAgent, String key) {
        List<String> lines = List.of(
                "GET " + path + " HTTP/1.1",
                "Host: " + authority,
                "User-Agent: " + userAgent,
                "Accept: */*",
                "Accept-Language: en-US,en;q=0.5",
                "Accept-Encoding: gzip, deflate, br",
                "Sec-WebSocket-Version: 13",
                "Origin: " + origin,
                "Sec-WebSocket-Key: " + key,
                "Connection: keep-alive, Upgrade",
                "Pragma: no-cache",
                "Cache-Control: no-cache",
                "Upgrade: websocket",
                END);
        return String.join(END, lines).getBytes(StandardCharsets.US_ASCII);
    }

    /** The key of a request that is complete in every respect; empty for one that any web server answers as any other. */
    static Optional<String> key(HttpHead request) {
        boolean isComplete = request.first().startsWith("GET ")
                && request.first().endsWith(" HTTP/1.1")
                && request.lists("connection", "upgrade")
                && request.lists("upgrade", "websocket")
                && request.one("sec-websocket-version").filter("13"::equals).isPresent();
        return isComplete ? request.one("sec-websocket-key").filter(Handshake::isKey) : Optional.empty();
    }

    private static boolean isKey(String text) {
        try {
            return text.length() <= 32 && Base64.getDecoder().decode(text).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** What a server says to a request with this key. */
    static byte[] answer(String key) {
        List<String> lines = List.of(
                "HTTP/1.1 101 Switching Protocols",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Accept: " + accept(key),
                END);
        return String.join(END, lines).getBytes(StandardCharsets.US_ASCII);
    }

    /** The status of an answer, or -1. */
    static int status(HttpHead answer) {
        String first = answer.first();
        boolean isStatus = first.length() >= 12 && first.startsWith("HTTP/1.") && first.charAt(8) == ' ';
        try {
            return isStatus ? Integer.parseInt(first, 9, 12, 10) : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Whether the answer is that of a WebSocket server to this very request. */
    static boolean isAccepted(HttpHead answer, String key) {
        return status(answer) == 101
                && answer.lists("upgrade", "websocket")
                && answer.lists("connection", "upgrade")
                && answer.one("sec-websocket-accept")
                        .filter(accept(key)::equals)
                        .isPresent()
                && !answer.has("sec-websocket-extensions")
                && !answer.has("sec-websocket-protocol");
    }

    private static String accept(String key) {
        try {
            MessageDigest digest =
                    MessageDigest.getInstance("SHA-1"); // what the RFC says; nothing depends on its strength
            return Base64.getEncoder().encodeToString(digest.digest((key + FIXED).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-1", e);
        }
    }
}
