package io.kairos.test.container;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Constants;

/** A new version of a bundle: the same classes under a higher number, as an update without changes would bring. */
final class Rebuilt {

    private static final Pattern VERSION = Pattern.compile("version=\"(\\d+\\.\\d+)\\.(\\d+)\"");
    private static final Pattern IMPLEMENTATION = Pattern.compile("implementation class=\"[^\"]*\"");

    private Rebuilt() {}

    static InputStream as(String version, InputStream jar) throws IOException {
        return rebuilt(jar, headers -> headers.putValue(Constants.BUNDLE_VERSION, version), UnaryOperator.identity());
    }

    /** Also its packages, if it exports any, stand a little higher; whoever uses them may go on with the new ones. */
    static InputStream compatible(int number, InputStream jar) throws IOException {
        return rebuilt(
                jar,
                headers -> {
                    headers.putValue(Constants.BUNDLE_VERSION, "0.1." + number);
                    String exports = headers.getValue(Constants.EXPORT_PACKAGE);
                    if (exports != null) {
                        headers.putValue(Constants.EXPORT_PACKAGE, higher(exports, number));
                    }
                },
                UnaryOperator.identity());
    }

    /** It asks for a package that nobody has. */
    static InputStream unresolvable(int number, InputStream jar) throws IOException {
        return rebuilt(
                jar,
                headers -> {
                    headers.putValue(Constants.BUNDLE_VERSION, "0.1." + number);
                    String imports = headers.getValue(Constants.IMPORT_PACKAGE);
                    String nowhere = "io.kairos.nowhere;version=\"[9.0,10)\"";
                    headers.putValue(Constants.IMPORT_PACKAGE, imports == null ? nowhere : imports + "," + nowhere);
                },
                UnaryOperator.identity());
    }

    /** The classes of its components are not what their descriptions say, so each fails when it is activated. */
    static InputStream failing(int number, InputStream jar) throws IOException {
        return rebuilt(
                jar,
                headers -> headers.putValue(Constants.BUNDLE_VERSION, "0.1." + number),
                description -> IMPLEMENTATION
                        .matcher(description)
                        .replaceAll("implementation class=\"java.util.concurrent.TimeUnit\""));
    }

    private static String higher(String exports, int number) {
        Matcher versions = VERSION.matcher(exports);
        return versions.replaceAll(
                found -> "version=\"" + found.group(1) + "." + (Integer.parseInt(found.group(2)) + number) + "\"");
    }

    private static InputStream rebuilt(InputStream jar, Consumer<Attributes> headers, UnaryOperator<String> component)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JarInputStream in = new JarInputStream(jar)) {
            Manifest manifest = in.getManifest();
            headers.accept(manifest.getMainAttributes());
            try (JarOutputStream copy = new JarOutputStream(out, manifest)) {
                for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                    if (!entry.isDirectory()) {
                        copy.putNextEntry(new JarEntry(entry.getName()));
                        if (entry.getName().matches("OSGI-INF/[^/]*\\.xml")) {
                            String description = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                            copy.write(component.apply(description).getBytes(StandardCharsets.UTF_8));
                        } else {
                            in.transferTo(copy);
                        }
                        copy.closeEntry();
                    }
                }
            }
        }
        return new ByteArrayInputStream(out.toByteArray());
    }
}
