package io.kairos.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.MeshException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTest {

    @TempDir
    Path all;

    private Path folder;
    private Site site;

    @BeforeEach
    void build() throws IOException {
        folder = Files.createDirectories(all.resolve("site"));
        Files.writeString(all.resolve("secret.txt"), "secret");
        Files.writeString(folder.resolve("index.html"), "<p>first</p>");
        Files.writeString(folder.resolve("a b.css"), "p{}");
        Files.writeString(folder.resolve(".htpasswd"), "secret");
        Files.createDirectories(folder.resolve("sub/.well-known"));
        Files.writeString(folder.resolve("sub/index.html"), "<p>second</p>");
        Files.writeString(folder.resolve("sub/.well-known/proof"), "proof");
        site = new Site(Optional.of(folder));
    }

    @Test
    void showsTheFilesOfItsFolder() throws IOException {
        assertTrue(get("/").endsWith("\r\n\r\n<p>first</p>"));
        assertTrue(get("/sub/").endsWith("<p>second</p>"));
        assertTrue(get("/sub/.well-known/proof").endsWith("proof"));
        assertTrue(get("/sub").contains("HTTP/1.1 301 Moved Permanently\r\n"));
        assertTrue(get("/sub").contains("\r\nLocation: /sub/\r\n"));
        String style = get("/a%20b.css");
        assertTrue(style.contains("\r\nContent-Type: text/css; charset=utf-8\r\n"), style);
        assertTrue(style.contains("\r\nContent-Length: 3\r\n"), style);
        assertTrue(style.contains("\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\n"), style);
    }

    @Test
    void nothingLeadsOutOfTheFolder() throws IOException {
        Files.createSymbolicLink(folder.resolve("link.txt"), all.resolve("secret.txt"));
        Files.createSymbolicLink(folder.resolve("up"), all);
        for (String path : List.of(
                "/../secret.txt",
                "/%2e%2e/secret.txt",
                "/..%2fsecret.txt",
                "/sub/../../secret.txt",
                "/sub/%2e%2e/%2e%2e/secret.txt",
                "/link.txt",
                "/up/secret.txt",
                "/up/",
                "/..\\secret.txt",
                "//secret.txt",
                "/.htpasswd",
                "/%00",
                "/index.html%00.txt",
                "/index.html/",
                "/%",
                "/%ff",
                "/" + "a/".repeat(40),
                "/" + "a".repeat(3_000))) {
            String answer = get(path);
            assertTrue(answer.startsWith("HTTP/1.1 404 Not Found\r\n"), path + ": " + answer);
            assertTrue(!answer.contains("secret"), path);
        }
    }

    @Test
    void aLinkWithinTheFolderIsFollowed() throws IOException {
        Files.createSymbolicLink(folder.resolve("first.html"), Path.of("index.html"));

        assertTrue(get("/first.html").endsWith("<p>first</p>"));
    }

    @Test
    void filesThatAreVeryLongAreNotShown() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve("film").toFile(), "rw")) {
            file.setLength((16L << 20) + 1);
        }
        assertTrue(get("/film").startsWith("HTTP/1.1 404"));
    }

    @Test
    void itsOwnPageForWhatIsMissingIsUsed() throws IOException {
        Files.writeString(folder.resolve("404.html"), "<p>gone</p>");

        String answer = get("/nothing");
        assertTrue(answer.startsWith("HTTP/1.1 404 Not Found\r\n") && answer.endsWith("<p>gone</p>"), answer);
    }

    @Test
    void headsHaveNoBodyAndOtherMethodsAreRefused() throws IOException {
        String head = answer(new Request("HEAD", "/", true));
        assertTrue(head.contains("Content-Length: 12\r\n") && head.endsWith("\r\n\r\n"), head);
        assertTrue(answer(new Request("POST", "/", true)).startsWith("HTTP/1.1 405 Method Not Allowed\r\n"));
        assertTrue(answer(Request.BAD).startsWith("HTTP/1.1 400 Bad Request\r\n"));
    }

    @Test
    void aMissingFolderIsToldToTheOperator() {
        Site missing = new Site(Optional.of(all.resolve("nothing")));

        assertEquals(
                "site.folder is not a folder that the node can read",
                assertThrows(MeshException.class, missing::check).getMessage());
    }

    private String get(String path) throws IOException {
        return answer(new Request("GET", path, true));
    }

    private String answer(Request request) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        site.page(request).write(out, request, Instant.EPOCH);
        return out.toString(StandardCharsets.UTF_8);
    }
}
