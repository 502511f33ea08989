package io.kairos.admin.importer;

import io.kairos.api.admin.ReticulumImport.Item;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A folder that the reference implementation (RNS 1.4.2) has written, and a node that takes it over. */
abstract class ImporterScene {

    @TempDir
    Path temp;

    Path old;
    Path etc;
    FakeNode node;
    private final Properties facts = new Properties();

    @BeforeEach
    void setUp() throws Exception {
        old = temp.resolve("reticulum");
        etc = Files.createDirectory(temp.resolve("etc"));
        copy(resources().resolve("reticulum"), old);
        try (InputStream in = Files.newInputStream(resources().resolve("facts.properties"))) {
            facts.load(in);
        }
        node = new FakeNode(etc);
    }

    String fact(String name) {
        return facts.getProperty(name);
    }

    static Item item(List<Item> items, String part) {
        return items.stream()
                .filter(item -> item.source().contains(part))
                .findFirst()
                .orElseThrow(() -> new AssertionError(part + " not in " + items));
    }

    Map<String, String> settings(String file) throws IOException {
        return new HashMap<>(SettingsText.read(Files.readString(etc.resolve(file))));
    }

    static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (Path file : files(folder)) {
            contents.put(
                    folder.relativize(file).toString(),
                    Files.getLastModifiedTime(file) + " "
                            + new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        }
        return contents;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return new ArrayList<>(files.filter(Files::isRegularFile).toList());
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        files(from).forEach(file -> {
            try {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static Path resources() throws URISyntaxException {
        return Path.of(ImporterScene.class.getResource("/old").toURI());
    }
}
