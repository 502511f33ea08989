package io.kairos.platform.gate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The jars that the distribution ships. They are compared byte by byte, which is faster than a digest of both. Not thread-safe;
 * {@link Judge} is.
 */
final class ShippedFiles {

    private final Path folder;
    private Map<Long, List<Path>> bySize;

    ShippedFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * Whether a file lies below the folder, links followed and not followed: a link from elsewhere could lead to a shipped jar
     * while it is looked at, and to another one later.
     */
    boolean isInside(Path file) throws IOException {
        Path named = file.toAbsolutePath().normalize();
        Path real = folder.toRealPath();
        boolean isNamedInside = named.startsWith(folder.toAbsolutePath().normalize()) || named.startsWith(real);
        return isNamedInside && Files.isRegularFile(file) && file.toRealPath().startsWith(real);
    }

    /**
     * Whether some shipped jar holds the same bytes.
     *
     * @param location where a bundle says it comes from; only tells where to look first
     */
    boolean ships(String location, Path file) throws IOException {
        Optional<Path> first = path(location);
        if (first.isPresent() && isInside(first.get()) && Files.mismatch(first.get(), file) < 0) {
            return true;
        }
        for (Path candidate : ofSize(Files.size(file))) {
            if (Files.mismatch(candidate, file) < 0) {
                return true;
            }
        }
        return false;
    }

    private Optional<Path> path(String location) {
        String[] parts = location.startsWith("mvn:") ? location.substring(4).split("/", -1) : new String[0];
        if (parts.length < 3 || parts.length > 5) {
            return Optional.empty();
        }
        String type = parts.length > 3 ? parts[3] : "jar";
        String classifier = parts.length > 4 ? "-" + parts[4] : "";
        try {
            return Optional.of(folder.resolve(parts[0].replace('.', '/'))
                    .resolve(parts[1])
                    .resolve(parts[2])
                    .resolve(parts[1] + "-" + parts[2] + classifier + "." + type));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private List<Path> ofSize(long size) throws IOException {
        if (bySize == null) {
            Map<Long, List<Path>> found = new HashMap<>();
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : (Iterable<Path>) all::iterator) {
                    if (path.toString().endsWith(".jar")) {
                        found.computeIfAbsent(Files.size(path), key -> new ArrayList<>())
                                .add(path);
                    }
                }
            }
            bySize = found;
        }
        return bySize.getOrDefault(size, List.of());
    }
}
