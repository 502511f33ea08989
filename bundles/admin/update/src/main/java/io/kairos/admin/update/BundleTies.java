package io.kairos.admin.update;

import io.kairos.api.failure.MalformedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * What a bundle ties to others, as its manifest says it.
 *
 * @param symbolicName empty for a jar that is no bundle
 * @param offers the packages it exports and the bundle itself
 * @param needs what it cannot do without: packages and bundles
 */
record BundleTies(String symbolicName, List<Offer> offers, List<Need> needs) {

    private static final String PACKAGE = "package ";
    private static final String BUNDLE = "bundle ";

    /** @param what kind and name */
    record Offer(String what, Version version) {

        static Offer ofPackage(String name, Version version) {
            return new Offer(PACKAGE + name, version);
        }
    }

    /** @param what kind and name */
    record Need(String what, VersionRange range) {

        boolean isMetBy(Offer offer) {
            return offer.what().equals(what) && range.includes(offer.version());
        }
    }

    /**
     * Reads the manifest of a jar.
     *
     * @throws MalformedException where a version cannot be read
     */
    static BundleTies read(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            return of(BundleFacts.manifest(file, jar));
        } catch (IllegalArgumentException e) {
            throw new MalformedException(jar.getFileName() + " has a version that cannot be read: " + Refused.text(e));
        }
    }

    static BundleTies of(Attributes attributes) {
        List<Offer> offers = new ArrayList<>();
        List<Need> needs = new ArrayList<>();
        String symbolicName = HeaderClause.of(attributes.getValue("Bundle-SymbolicName")).stream()
                .flatMap(clause -> clause.names().stream())
                .findFirst()
                .orElse("");
        if (symbolicName.isEmpty()) {
            return new BundleTies("", List.of(), List.of());
        }
        offers.add(new Offer(BUNDLE + symbolicName, Version.parseVersion(attributes.getValue("Bundle-Version"))));
        for (HeaderClause clause : HeaderClause.of(attributes.getValue("Export-Package"))) {
            Version version = Version.parseVersion(clause.parameter("version", "0"));
            clause.names().forEach(name -> offers.add(new Offer(PACKAGE + name, version)));
        }
        for (HeaderClause clause : HeaderClause.of(attributes.getValue("Import-Package"))) {
            need(PACKAGE, clause, "version", needs);
        }
        for (HeaderClause clause : HeaderClause.of(attributes.getValue("Require-Bundle"))) {
            need(BUNDLE, clause, "bundle-version", needs);
        }
        return new BundleTies(symbolicName, List.copyOf(offers), List.copyOf(needs));
    }

    private static void need(String kind, HeaderClause clause, String attribute, List<Need> needs) {
        if (!clause.parameter("resolution:", "").equals("optional")) {
            VersionRange range = new VersionRange(clause.parameter(attribute, "0"));
            clause.names().forEach(name -> needs.add(new Need(kind + name, range)));
        }
    }
}
