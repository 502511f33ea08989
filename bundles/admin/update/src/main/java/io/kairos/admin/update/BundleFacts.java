package io.kairos.admin.update;

import io.kairos.api.failure.MalformedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;

/**
 * What a bundle's jar says about itself.
 *
 * @param host symbolic name of the bundle it is a fragment of; empty where it is none
 */
record BundleFacts(String symbolicName, String version, String host, Set<String> exports) {

    private static final int MOST_ENTRIES = 100_000;
    private static final int MOST_MANIFEST_BYTES = 1 << 20;

    /**
     * Reads a jar.
     *
     * @throws MalformedException where it is no bundle, or has an entry twice
     */
    static BundleFacts read(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            Set<String> names = new HashSet<>();
            for (JarEntry entry : (Iterable<JarEntry>) file.stream()::iterator) {
                if (!names.add(entry.getName())) {
                    throw new MalformedException(jar.getFileName() + " has an entry twice");
                }
                if (names.size() > MOST_ENTRIES) {
                    throw new MalformedException(jar.getFileName() + " has too many entries");
                }
            }
            return of(manifest(file, jar), jar.getFileName().toString());
        } catch (ZipException e) {
            throw new MalformedException(jar.getFileName() + " is not a jar: " + Refused.text(e));
        }
    }

    /** The main section; read with a bound, because a few compressed bytes can be a manifest larger than the memory. */
    static Attributes manifest(JarFile file, Path jar) throws IOException {
        JarEntry entry = file.getJarEntry(JarFile.MANIFEST_NAME);
        if (entry == null) {
            throw new MalformedException(jar.getFileName() + " has no manifest, so it is no bundle");
        }
        try (InputStream in = file.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(MOST_MANIFEST_BYTES + 1);
            if (bytes.length > MOST_MANIFEST_BYTES) {
                throw new MalformedException(
                        jar.getFileName() + " has a manifest of more than " + MOST_MANIFEST_BYTES + " bytes");
            }
            return new Manifest(new ByteArrayInputStream(bytes)).getMainAttributes();
        }
    }

    private static BundleFacts of(Attributes attributes, String jar) {
        String symbolicName = first(attributes.getValue("Bundle-SymbolicName"));
        if (symbolicName.isEmpty()) {
            throw new MalformedException(jar + " has no Bundle-SymbolicName, so it is no bundle");
        }
        String version = attributes.getValue("Bundle-Version");
        return new BundleFacts(
                symbolicName,
                version == null ? "0.0.0" : version.strip(),
                first(attributes.getValue("Fragment-Host")),
                packages(attributes.getValue("Export-Package")));
    }

    private static String first(String header) {
        return header == null ? "" : header.split(";", 2)[0].strip();
    }

    /** The packages of a header such as {@code a.b;version="[1,2)";uses:="x,y",c}. */
    static Set<String> packages(String header) {
        Set<String> packages = new TreeSet<>();
        if (header == null) {
            return packages;
        }
        for (String clause : split(header, ',')) {
            for (String part : split(clause, ';')) {
                String text = part.strip();
                if (!text.isEmpty() && text.indexOf('=') < 0) {
                    packages.add(text);
                }
            }
        }
        return packages;
    }

    private static List<String> split(String text, char at) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            quoted ^= text.charAt(i) == '"';
            if (text.charAt(i) == at && !quoted) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }
}
