package io.kairos.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.MeshException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class HttpProperties {

    private final Site site = new Site(Optional.empty());

    @Property(tries = 500)
    void noBytesCauseMoreThanAnAnswer(@ForAll("almostRequests") String text) throws IOException {
        HeadReader reader = new HeadReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
        try {
            while (true) {
                Optional<HttpHead> head = reader.next();
                head.ifPresent(Request::path);
                head.flatMap(Handshake::key);
                head.ifPresent(Handshake::status);
                Request request = head.flatMap(Request::of).orElse(Request.BAD);
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                site.page(request).write(out, request, Instant.EPOCH);
                assertAnswer(out.toString(StandardCharsets.ISO_8859_1));
                if (head.isEmpty()) {
                    return;
                }
            }
        } catch (EOFException expected) {
            assertTrue(reader.rest().length <= HttpHead.MOST_BYTES);
        }
    }

    /** Nothing of the request gets into the head of the answer as a line of its own. */
    private static void assertAnswer(String answer) {
        String head = answer.substring(0, answer.indexOf("\r\n\r\n"));
        assertTrue(head.startsWith("HTTP/1.1 "), head);
        for (String line : head.split("\r\n")) {
            assertTrue(line.matches("HTTP/1\\.1 \\d{3} [A-Za-z ]+|[A-Z][A-Za-z-]+: [\\x20-\\x7e]*"), line);
        }
    }

    @Property(tries = 500)
    void pathsWithoutAFolderLeadNowhere(@ForAll("almostPaths") String path) {
        int status = site.page(new Request("GET", path, true)).status();
        assertEquals(path.equals("/") || path.equals("/index.html") ? 200 : 404, status);
    }

    @Property(tries = 300)
    void urlsAreReadOrRefused(@ForAll @Size(max = 60) String text) {
        try {
            assertTrue(PeerUrl.of("wss://" + text).port() > 0);
        } catch (MeshException expected) {
            assertTrue(!expected.remedy().isBlank());
        }
    }

    @Provide
    Arbitrary<String> almostPaths() {
        return Arbitraries.of(
                        "/", "..", ".", "%2e", "%2f", "%", "%00", "a", "index.html", "\\", "é", "%c3%a9", "//", "%zz")
                .list()
                .ofMaxSize(8)
                .map(parts -> "/" + String.join("", parts));
    }

    @Provide
    Arbitrary<String> almostRequests() {
        return Arbitraries.of(
                        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
                        "GET ",
                        "HEAD ",
                        "POST ",
                        "/",
                        "/a?b#c",
                        "http://a/b",
                        " HTTP/1.1",
                        " HTTP/1.0",
                        "\r\n",
                        "\r",
                        "\n",
                        "\0",
                        "Host: a\r\n",
                        "Host: ",
                        ": ",
                        " folded\r\n",
                        "Upgrade: websocket\r\n",
                        "Connection: Upgrade, close\r\n",
                        "Sec-WebSocket-Version: 13\r\n",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
                        "Sec-WebSocket-Key: %%%\r\n",
                        "Content-Length: 5\r\n",
                        "é".repeat(3),
                        "x".repeat(3_000))
                .list()
                .ofMaxSize(14)
                .map(parts -> String.join("", parts));
    }
}
