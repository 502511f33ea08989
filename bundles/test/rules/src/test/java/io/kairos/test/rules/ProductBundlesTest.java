package io.kairos.test.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The jars of the product, as they were just built. */
class ProductBundlesTest {

    private static final Path JARS = Path.of(System.getProperty("kairos.product"));
    private static final Path BUNDLES = Path.of(System.getProperty("kairos.bundles"));
    private static final Path RULES = Path.of(System.getProperty("kairos.rules"));

    @Test
    void everyBundleImportsOnlyWhatTheTableAllows() throws IOException {
        ImportTable table = ImportTable.read(RULES.resolve("imports.txt"));
        List<String> findings = new ArrayList<>();
        for (ProductBundle bundle : bundles()) {
            findings.addAll(table.findings(bundle));
        }
        assertEquals("", String.join("\n", findings), "cnf/rules/imports.txt");
    }

    @Test
    void everyFolderWithABundleIsChecked() throws IOException {
        SortedSet<String> checked =
                bundles().stream().map(ProductBundle::path).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(folders(), checked);
        assertFalse(checked.isEmpty());
    }

    private static List<ProductBundle> bundles() throws IOException {
        List<ProductBundle> bundles = new ArrayList<>();
        for (Path jar : list(JARS)) {
            bundles.add(ProductBundle.read(jar));
        }
        return bundles;
    }

    /** Folders below {@code bundles/} with a POM and code; {@code test} is no part of the product. */
    private static SortedSet<String> folders() throws IOException {
        try (Stream<Path> files = Files.walk(BUNDLES, 4)) {
            return files.filter(file -> file.getFileName().toString().equals("pom.xml"))
                    .map(file -> BUNDLES.relativize(file.getParent()).toString())
                    .filter(path -> !path.isEmpty() && !path.startsWith("test/"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }
}
