package io.kairos.test.container;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.Constants;

/** A new version of a bundle: the same classes under a higher number, as an update without changes would bring. */
final class Rebuilt {

    private Rebuilt() {}

    static InputStream as(String version, InputStream jar) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JarInputStream in = new JarInputStream(jar)) {
            Manifest manifest = in.getManifest();
            manifest.getMainAttributes().putValue(Constants.BUNDLE_VERSION, version);
            try (JarOutputStream copy = new JarOutputStream(out, manifest)) {
                for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                    if (!entry.isDirectory()) {
                        copy.putNextEntry(new JarEntry(entry.getName()));
                        in.transferTo(copy);
                        copy.closeEntry();
                    }
                }
            }
        }
        return new ByteArrayInputStream(out.toByteArray());
    }
}
