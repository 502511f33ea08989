package io.kairos.test.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The table of {@code cnf/rules/imports.txt}; its head explains the form. */
record ImportTable(List<Line> lines) {

    /** What a line says about the packages it names. */
    enum Verb {
        MAY,
        ONE_OF,
        NEVER,
        EXPORTS
    }

    record Line(String bundle, Verb verb, List<String> packages) {

        boolean concerns(String path) {
            if (!bundle.endsWith("/*")) {
                return bundle.equals(path);
            }
            int lastPart = path.lastIndexOf('/');
            return lastPart > 0 && bundle.substring(0, bundle.length() - 2).equals(path.substring(0, lastPart));
        }
    }

    static ImportTable read(Path file) throws IOException {
        return of(Files.readAllLines(file));
    }

    static ImportTable of(List<String> text) {
        List<Line> lines = new ArrayList<>();
        for (String line : text) {
            if (!line.isBlank() && !line.startsWith("#")) {
                lines.add(parse(line));
            }
        }
        return new ImportTable(List.copyOf(lines));
    }

    private static Line parse(String line) {
        List<String> words = Arrays.asList(line.trim().split("\\s+"));
        if (words.size() < 2) {
            throw new IllegalArgumentException("a line needs a bundle and a verb: " + line);
        }
        Verb verb = Verb.valueOf(words.get(1).toUpperCase(Locale.ROOT).replace('-', '_'));
        return new Line(words.get(0), verb, List.copyOf(words.subList(2, words.size())));
    }

    /** What is wrong with a bundle, one sentence for each finding; empty where nothing is. */
    List<String> findings(ProductBundle bundle) {
        List<Line> about =
                lines.stream().filter(line -> line.concerns(bundle.path())).toList();
        if (about.isEmpty()) {
            return List.of(bundle.path() + ": no line of the table is about this bundle");
        }
        List<String> findings = new ArrayList<>();
        for (String imported : bundle.imports()) {
            if (!mayImport(about, bundle, imported)) {
                findings.add(bundle.path() + " must not import " + imported);
            }
        }
        Set<String> media = packages(about, Verb.ONE_OF).stream()
                .filter(prefix -> bundle.imports().stream().anyMatch(imported -> below(imported, prefix)))
                .collect(Collectors.toCollection(TreeSet::new));
        if (media.size() > 1) {
            findings.add(bundle.path() + " must not import more than one of " + media);
        }
        if (about.stream().noneMatch(line -> line.verb() == Verb.EXPORTS)) {
            bundle.exports().forEach(exported -> findings.add(bundle.path() + " must not export " + exported));
        }
        bundle.foreignClasses().forEach(name -> findings.add(bundle.path() + " must not contain " + name));
        bundle.dynamicImports().forEach(name -> findings.add(bundle.path() + " must not import at run time: " + name));
        return findings;
    }

    private static boolean mayImport(List<Line> about, ProductBundle bundle, String imported) {
        if (packages(about, Verb.NEVER).stream().anyMatch(prefix -> below(imported, prefix))) {
            return false;
        }
        return Jdk.has(imported)
                || below(imported, bundle.rootPackage())
                || packages(about, Verb.MAY).stream().anyMatch(prefix -> below(imported, prefix))
                || packages(about, Verb.ONE_OF).stream().anyMatch(prefix -> below(imported, prefix));
    }

    private static List<String> packages(List<Line> about, Verb verb) {
        return about.stream()
                .filter(line -> line.verb() == verb)
                .flatMap(line -> line.packages().stream())
                .toList();
    }

    private static boolean below(String name, String prefix) {
        return name.equals(prefix) || name.startsWith(prefix + ".");
    }
}
