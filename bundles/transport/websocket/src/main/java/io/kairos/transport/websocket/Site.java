package io.kairos.transport.websocket;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The pages of a web site: the files of a folder, or one neutral page. Nothing outside of the folder is ever shown, whatever
 * a path says and wherever symbolic links lead; nor are files whose names begin with a dot, or that are very long.
 *
 * <p>Threads: any.
 */
final class Site {

    private static final long MOST_FILE_BYTES = 16L << 20;
    private static final int MOST_SEGMENTS = 16;
    private static final int MOST_SEGMENT_CHARS = 255;
    private static final String INDEX = "index.html";

    /** The one thing with a dot that web sites show; certificates are proved with it. */
    private static final String WELL_KNOWN = ".well-known";

    private static final Set<String> SHOWN = Set.of("GET", "HEAD");

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("htm", "text/html; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("xml", "text/xml; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("gif", "image/gif"),
            Map.entry("webp", "image/webp"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("pdf", "application/pdf"));

    private static final String NEUTRAL = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Welcome</title>
            <style>
            body { margin: 15vh auto 0; max-width: 32em; padding: 0 1.5em; font: 1.05em/1.6 sans-serif; color: #333; }
            h1 { font-weight: normal; }
            </style>
            </head>
            <body>
            <h1>Welcome</h1>
            <p>There is nothing here yet. Please come back later.</p>
            </body>
            </html>
            """;

    private final Optional<Path> folder;

    /** @param folder empty: one neutral page */
    Site(Optional<Path> folder) {
        this.folder = folder;
    }

    /** @throws MeshException where the folder cannot be shown */
    void check() {
        if (folder.isPresent() && !Files.isDirectory(folder.get())) {
            throw new MeshException(
                    Failure.Kind.CONFIGURATION,
                    "site.folder is not a folder that the node can read",
                    "Make it, or remove the setting for a neutral page. Kairos tries again by itself.");
        }
    }

    /** What a visitor gets for a request, which may be a bad one. */
    Page page(Request request) {
        if (request.path().isEmpty()) {
            return Page.error(400, "");
        }
        if (!SHOWN.contains(request.method())) {
            return Page.error(405, "Allow: GET, HEAD");
        }
        Optional<List<String>> segments = segments(request.path());
        boolean isFolder = request.path().endsWith("/");
        if (folder.isEmpty()) {
            boolean isFirst = request.path().equals("/") || request.path().equals("/" + INDEX);
            return isFirst ? Page.text(200, NEUTRAL) : missing();
        }
        return segments.flatMap(way -> found(way, isFolder, request.path())).orElseGet(this::missing);
    }

    private Page missing() {
        return file(List.of("404.html"), 404).orElseGet(() -> Page.error(404, ""));
    }

    private Optional<Page> found(List<String> way, boolean isFolder, String path) {
        if (!isFolder) {
            Optional<Path> place = place(way);
            if (place.isPresent() && Files.isDirectory(place.get())) {
                return Optional.of(Page.error(301, "Location: " + path + "/"));
            }
            return file(way, 200);
        }
        List<String> index = new ArrayList<>(way);
        index.add(INDEX);
        return file(index, 200);
    }

    private Optional<Page> file(List<String> way, int status) {
        return place(way).flatMap(place -> {
            try {
                BasicFileAttributes about = Files.readAttributes(place, BasicFileAttributes.class);
                return about.isRegularFile() && about.size() <= MOST_FILE_BYTES && Files.isReadable(place)
                        ? Optional.of(Page.file(
                                status,
                                type(place),
                                place,
                                about.size(),
                                about.lastModifiedTime().toInstant()))
                        : Optional.empty();
            } catch (IOException e) {
                return Optional.empty();
            }
        });
    }

    /** Where a way really leads, if it leads to something below the folder. */
    private Optional<Path> place(List<String> way) {
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        try {
            Path root = folder.get().toRealPath();
            Path place = root;
            for (String segment : way) {
                place = place.resolve(segment);
            }
            Path real = place.toRealPath();
            return real.startsWith(root) ? Optional.of(real) : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** The names on the way; empty for a path that could lead astray. */
    private static Optional<List<String>> segments(String path) {
        String[] raw = path.substring(1, path.endsWith("/") ? Math.max(1, path.length() - 1) : path.length())
                .split("/", -1);
        if (raw.length > MOST_SEGMENTS) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>();
        for (String each : raw) {
            if (raw.length == 1 && each.isEmpty()) {
                break;
            }
            Optional<String> name = decoded(each).filter(Site::isPlain);
            if (name.isEmpty()) {
                return Optional.empty();
            }
            names.add(name.get());
        }
        return Optional.of(names);
    }

    private static boolean isPlain(String name) {
        return !name.isEmpty()
                && name.length() <= MOST_SEGMENT_CHARS
                && (name.charAt(0) != '.' || name.equals(WELL_KNOWN))
                && name.chars().noneMatch(c -> c < ' ' || c == 127 || c == '/' || c == '\\');
    }

    private static Optional<String> decoded(String text) {
        if (text.indexOf('%') < 0) {
            return Optional.of(text);
        }
        ByteBuffer bytes = ByteBuffer.allocate(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                bytes.put((byte) c);
                continue;
            }
            int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0) {
                return Optional.empty();
            }
            bytes.put((byte) (high << 4 | low));
            i += 2;
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static String type(Path file) {
        String name = String.valueOf(file.getFileName());
        String end = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(end, "application/octet-stream");
    }
}
