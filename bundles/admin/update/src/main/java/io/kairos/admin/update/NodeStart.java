package io.kairos.admin.update;

import io.kairos.api.admin.NodeVersions;
import io.kairos.lib.plugin.PackageVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;

/**
 * How this node was started; constant while it runs.
 *
 * @param hasLauncher whether {@code bin/kairos} has chosen the version
 * @param staysBeside whether it stays beside the node and can start it again
 * @param label version and folder of the distribution that was installed by hand
 * @param running name of the version that runs
 * @param installed version of the one that was installed by hand
 * @param version number of the one that runs
 */
record NodeStart(
        boolean hasLauncher,
        boolean staysBeside,
        String label,
        String running,
        PackageVersion installed,
        PackageVersion version) {

    /** As the container of this bundle was started. */
    static NodeStart of(BundleContext context) throws IOException {
        Version built = context.getBundle().getVersion();
        return of(
                name -> Optional.ofNullable(context.getProperty(name)).orElse(""),
                folder(context).resolve("versions"),
                path(context, "karaf.home", "."),
                new PackageVersion(built.getMajor(), built.getMinor(), built.getMicro(), built.getQualifier()));
    }

    /** Where versions of the node lie. */
    static Path folder(BundleContext context) throws IOException {
        return path(context, "karaf.data", "data").resolve("node");
    }

    /** A folder that a property names; without links, so that one can be told to lie in another. */
    static Path path(BundleContext context, String property, String otherwise) throws IOException {
        String value = context.getProperty(property);
        Path path = Path.of(value == null ? otherwise : value).toAbsolutePath().normalize();
        return Files.exists(path) ? path.toRealPath() : path;
    }

    /**
     * Reads what the launcher has handed over.
     *
     * @param property system properties by name; empty where one is missing
     * @param versions folder of the versions
     * @param home folder of the distribution that runs
     * @param built version of this bundle
     */
    static NodeStart of(UnaryOperator<String> property, Path versions, Path home, PackageVersion built) {
        boolean hasLauncher = !property.apply("kairos.launcher").isEmpty();
        String label = property.apply("kairos.installed");
        boolean isBrought = home.startsWith(versions) && home.getNameCount() > versions.getNameCount();
        String running = isBrought ? home.getName(versions.getNameCount()).toString() : NodeVersions.INSTALLED;
        String number = label.contains(" ") ? label.substring(0, label.indexOf(' ')) : "";
        PackageVersion installed = number.matches("\\d.*") ? PackageVersion.ofMaven(number) : built;
        return new NodeStart(
                hasLauncher,
                hasLauncher && !property.apply("karaf.startLocalConsole").equals("true"),
                label,
                running,
                installed,
                isBrought ? PackageVersion.of(running) : installed);
    }
}
