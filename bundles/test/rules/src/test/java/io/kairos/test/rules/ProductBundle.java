package io.kairos.test.rules;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * What a finished jar says about itself.
 *
 * @param path folder below {@code bundles/}
 * @param foreignClasses classes outside the bundle's own package
 */
record ProductBundle(
        String path,
        List<String> imports,
        List<String> dynamicImports,
        List<String> exports,
        List<String> foreignClasses) {

    private static final String ROOT = "io.kairos.";

    static ProductBundle read(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Attributes headers = file.getManifest().getMainAttributes();
            String name = headers.getValue("Bundle-SymbolicName").split(";")[0].trim();
            List<String> dynamic = new ArrayList<>(packages(headers.getValue("DynamicImport-Package")));
            dynamic.addAll(packages(headers.getValue("Require-Bundle")));
            return new ProductBundle(
                    name.substring(ROOT.length()).replace('.', '/'),
                    packages(headers.getValue("Import-Package")),
                    List.copyOf(dynamic),
                    packages(headers.getValue("Export-Package")),
                    classesOutside(name, file));
        }
    }

    String rootPackage() {
        return ROOT + path.replace('/', '.');
    }

    /** A class of somebody else inside a bundle would go around the table. */
    private static List<String> classesOutside(String rootPackage, JarFile file) {
        String own = rootPackage.replace('.', '/') + "/";
        return file.stream()
                .map(JarEntry::getName)
                .filter(name -> name.endsWith(".class") && !name.startsWith(own))
                .sorted()
                .toList();
    }

    /** Package names of a header: clauses are separated by commas outside quotes, their parameters by semicolons. */
    static List<String> packages(String header) {
        List<String> names = new ArrayList<>();
        if (header == null) {
            return names;
        }
        for (String clause : header.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")) {
            for (String part : clause.split(";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")) {
                if (!part.contains("=")) { // several packages may share their parameters
                    names.add(part.trim());
                }
            }
        }
        return names;
    }
}
