package io.kairos.transport.websocket;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a visitor gets: a status, and a text or a file. */
final class Page {

    private static final int PIECE_BYTES = 16_384;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);
    private static final Map<Integer, String> REASONS = Map.of(
            200, "OK",
            301, "Moved Permanently",
            400, "Bad Request",
            404, "Not Found",
            405, "Method Not Allowed");

    private final int status;
    private final String type;
    private final byte[] text;
    private final Optional<Path> file;
    private final long length;
    private final Optional<Instant> modified;
    private final String furtherField;

    private Page(
            int status,
            String type,
            byte[] text,
            Optional<Path> file,
            long length,
            Optional<Instant> modified,
            String furtherField) {
        this.status = status;
        this.type = type;
        this.text = text;
        this.file = file;
        this.length = length;
        this.modified = modified;
        this.furtherField = furtherField;
    }

    static Page text(int status, String html) {
        return text(status, html, "");
    }

    /** @param furtherField a whole line without its end, or empty */
    static Page text(int status, String html, String furtherField) {
        byte[] bytes = html.getBytes(StandardCharsets.UTF_8);
        return new Page(
                status,
                "text/html; charset=utf-8",
                bytes,
                Optional.empty(),
                bytes.length,
                Optional.empty(),
                furtherField);
    }

    /** A short page that says what is wrong. */
    static Page error(int status, String furtherField) {
        String title = status + " " + REASONS.get(status);
        return text(
                status,
                "<html>\n<head><title>" + title + "</title></head>\n<body>\n<center><h1>" + title
                        + "</h1></center>\n</body>\n</html>\n",
                furtherField);
    }

    static Page file(int status, String type, Path file, long length, Instant modified) {
        return new Page(status, type, new byte[0], Optional.of(file), length, Optional.of(modified), "");
    }

    int status() {
        return status;
    }

    long length() {
        return length;
    }

    /** Writes it as the answer to a request. */
    void write(OutputStream out, Request request, Instant now) throws IOException {
        StringBuilder head = new StringBuilder(256)
                .append("HTTP/1.1 ")
                .append(status)
                .append(' ')
                .append(REASONS.get(status))
                .append("\r\n");
        head.append("Date: ").append(DATE.format(now)).append("\r\n");
        head.append("Content-Type: ").append(type).append("\r\n");
        head.append("Content-Length: ").append(length).append("\r\n");
        modified.ifPresent(at -> head.append("Last-Modified: ")
                .append(DATE.format(at.truncatedTo(ChronoUnit.SECONDS)))
                .append("\r\n"));
        if (!furtherField.isEmpty()) {
            head.append(furtherField).append("\r\n");
        }
        head.append("Connection: ")
                .append(request.keepsAlive() ? "keep-alive" : "close")
                .append("\r\n\r\n");
        out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        if (!request.isHead()) {
            writeBody(out);
        }
        out.flush();
    }

    /** Exactly as much as was said, also where the file changes meanwhile. */
    private void writeBody(OutputStream out) throws IOException {
        if (file.isEmpty()) {
            out.write(text);
            return;
        }
        try (InputStream in = Files.newInputStream(file.get(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            byte[] piece = new byte[PIECE_BYTES];
            long left = length;
            while (left > 0) {
                int count = in.read(piece, 0, (int) Math.min(piece.length, left));
                if (count < 0) {
                    throw new IOException("the file has become shorter");
                }
                out.write(piece, 0, count);
                left -= count;
            }
        }
    }
}
