package io.kairos.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.MeshException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HandshakeTest {

    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    /** RFC 6455, section 1.3. */
    @Test
    void theAnswerIsThatOfTheStandard() {
        HttpHead answer = head(Handshake.answer(KEY));

        assertEquals(Optional.of("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), answer.one("sec-websocket-accept"));
        assertTrue(Handshake.isAccepted(answer, KEY));
        assertFalse(Handshake.isAccepted(answer, "AAAAAAAAAAAAAAAAAAAAAA=="), "it belongs to another key");
    }

    @Test
    void aServerTakesWhatAClientAsksAndNothingLess() {
        byte[] request = Handshake.request("example.net", "https://example.net", "/path", "Mozilla/5.0", KEY);
        assertEquals(Optional.of(KEY), Handshake.key(head(request)));

        String text = new String(request, StandardCharsets.US_ASCII);
        for (String needed : List.of(
                "Upgrade: websocket\r\n",
                "Connection: keep-alive, Upgrade\r\n",
                "Sec-WebSocket-Version: 13\r\n",
                "Sec-WebSocket-Key: " + KEY + "\r\n")) {
            assertEquals(Optional.empty(), Handshake.key(head(text.replace(needed, ""))), needed);
        }
        assertEquals(Optional.empty(), Handshake.key(head(text.replace("GET ", "POST "))));
        assertEquals(Optional.empty(), Handshake.key(head(text.replace("HTTP/1.1", "HTTP/1.0"))));
        assertEquals(Optional.empty(), Handshake.key(head(text.replace(KEY, "c2hvcnQ="))));
    }

    @Test
    void anAnswerWithAnExtensionIsRefused() {
        String text = new String(Handshake.answer(KEY), StandardCharsets.US_ASCII);
        String extended = text.replace("\r\n\r\n", "\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n");

        assertFalse(Handshake.isAccepted(head(extended), KEY));
    }

    @Test
    void secretPathsAreLongAndPlain() {
        for (String wrong : List.of(
                "",
                "/",
                "short",
                "/tooshort",
                "no-slash-but-long-enough",
                "/ends-with-a-slash-here/",
                "/has spaces in it and is long",
                "/percent%20percent%20percent",
                "/../../../../../../../etc",
                "//double-slash-at-begin")) {
            MeshException refused = assertThrows(MeshException.class, () -> SecretPath.of("secret.path", wrong), wrong);
            assertFalse(
                    !wrong.isBlank()
                            && wrong.length() > 1
                            && refused.getMessage().contains(wrong),
                    "it is told");
        }
        SecretPath path = SecretPath.of("secret.path", "/chat/0123456789abcdef");
        assertTrue(path.is("/chat/0123456789abcdef"));
        assertFalse(path.is("/chat/0123456789abcdeF"));
        assertFalse(path.is("/chat/0123456789abcdef/"));
        assertFalse(path.toString().contains("chat"));
    }

    @Test
    void urlsSayWhatBrowsersSay() {
        PeerUrl usual = PeerUrl.of("wss://Example.NET/0123456789abcdef");
        assertEquals("example.net", usual.authority());
        assertEquals("https://example.net", usual.origin());
        assertEquals(443, usual.port());

        PeerUrl other = PeerUrl.of("wss://[2001:db8::1]:8443/0123456789abcdef");
        assertEquals("[2001:db8::1]:8443", other.authority());
        assertEquals("2001:db8::1", other.host());

        for (String wrong : List.of(
                "",
                "example.net",
                "https://example.net/0123456789abcdef",
                "ws://example.net/0123456789abcdef",
                "wss:///0123456789abcdef",
                "wss://user@example.net/0123456789abcdef",
                "wss://example.net/0123456789abcdef?query",
                "wss://example.net:99999/0123456789abcdef",
                "wss://exa mple.net/0123456789abcdef",
                "wss://example.net/")) {
            assertThrows(MeshException.class, () -> PeerUrl.of(wrong), wrong);
        }
    }

    private static HttpHead head(byte[] bytes) {
        return head(new String(bytes, StandardCharsets.US_ASCII));
    }

    private static HttpHead head(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return HttpHead.parse(bytes, text.indexOf("\r\n\r\n")).orElseThrow();
    }
}
