package io.kairos.transport.sneakernet;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where sticks appear: paths whose parts may be {@code *}, for example {@code /media/*}{@code /*}. */
record FolderPatterns(List<String> patterns) {

    private static final int MOST_SUBFOLDERS = 256;

    FolderPatterns {
        patterns = List.copyOf(patterns);
    }

    /** Whether a pattern can be used: absolute, and {@code *} only as a whole part. */
    static boolean isUsable(String pattern) {
        if (!pattern.startsWith("/")) {
            return false;
        }
        if (pattern.indexOf(0) >= 0) { // the one character that no path of Linux has
            return false;
        }
        for (String part : pattern.split("/")) {
            if (part.equals("..") || part.contains("*") && !part.equals("*")) {
                return false;
            }
        }
        return true;
    }

    /** The folders of now that fit, each once, at most {@code most}. */
    Collection<Path> find(int most) {
        Map<Object, Path> found = new LinkedHashMap<>();
        for (String pattern : patterns) {
            for (Path folder : expand(pattern)) {
                if (found.size() < most && StickFolder.on(folder).isPresent()) {
                    found.putIfAbsent(same(folder), folder);
                }
            }
        }
        return found.values();
    }

    private static List<Path> expand(String pattern) {
        List<Path> paths = List.of(Path.of(pattern).getRoot());
        for (String part : pattern.split("/")) {
            if (part.isEmpty()) {
                continue;
            }
            List<Path> longer = new ArrayList<>();
            for (Path path : paths) {
                if (part.equals("*")) {
                    longer.addAll(subfolders(path));
                } else {
                    longer.add(path.resolve(part));
                }
            }
            paths = longer;
        }
        return paths;
    }

    private static List<Path> subfolders(Path path) {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(path)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(path, Files::isDirectory)) {
                for (Path each : all) {
                    if (found.size() < MOST_SUBFOLDERS) {
                        found.add(each);
                    }
                }
            } catch (IOException | DirectoryIteratorException e) {
                return found; // not readable, or just gone: there is no stick
            }
        }
        return found;
    }

    /** One folder may be reached by several names. */
    private static Object same(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            return folder;
        }
    }
}
