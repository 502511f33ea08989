package io.kairos.admin.update;

import io.kairos.api.failure.MalformedException;
import io.kairos.lib.plugin.MavenCoordinates;
import io.kairos.lib.plugin.PackageNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * What a feature repository of a package says, as far as it may say it: everything that is not on this page is refused, because it
 * might point outside the package.
 *
 * @param features name and version of each feature
 * @param bundles what they install
 * @param files what they lay into folders of {@code etc} that are called like their features
 * @param configurations PIDs of configurations they make
 */
record FeatureFile(
        List<Named> features, List<MavenCoordinates> bundles, List<Laid> files, List<String> configurations) {

    private static final String ETC = "/etc/";
    private static final int LONGEST_PID = 200;
    private static final long MOST_BYTES = 1 << 20;
    private static final int LOWEST_START_LEVEL = 40;
    private static final Set<String> ATTRIBUTES = Set.of("name", "version", "description", "install", "hidden");
    private static final Set<String> BUNDLE_ATTRIBUTES = Set.of("start-level", "start", "dependency");
    private static final String FILE = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
    private static final String PID = "[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*([~-][A-Za-z0-9._-]+)?";

    /**
     * A file that is laid.
     *
     * @param place below {@code etc}: feature and name
     * @param from its address
     */
    record Laid(String place, MavenCoordinates from) {}

    /** A feature. */
    record Named(String name, String version) {}

    /**
     * Reads a feature repository.
     *
     * @throws MalformedException where it says more than it may, or cannot be read
     */
    static FeatureFile read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new MalformedException("the feature repository is too large");
        }
        FeatureFile read = new FeatureFile(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        try (InputStream in = Files.newInputStream(file)) {
            Element root = builder().parse(in).getDocumentElement();
            require(local(root).equals("features"), "the feature repository is another document");
            for (Element child : children(root)) {
                require(local(child).equals("feature"), unknown(child));
                read.feature(child);
            }
        } catch (SAXException e) {
            throw new MalformedException("the feature repository is not XML as expected: " + Refused.text(e));
        }
        return read;
    }

    private void feature(Element feature) {
        attributes(feature, ATTRIBUTES);
        require(
                PackageNames.isFeature(feature.getAttribute("name"))
                        && PackageNames.isFeature(feature.getAttribute("version")),
                "a feature has no name or no version");
        features.add(new Named(feature.getAttribute("name"), feature.getAttribute("version")));
        for (Element child : children(feature)) {
            switch (local(child)) {
                case "bundle" -> bundle(child);
                case "config" -> configuration(child);
                case "configfile" -> file(child, feature.getAttribute("name"));
                case "feature" -> attributes(child, Set.of("version", "dependency", "prerequisite"));
                case "details", "requirement", "capability" -> attributes(child, Set.of());
                default -> throw new MalformedException(unknown(child));
            }
        }
    }

    private void bundle(Element bundle) {
        attributes(bundle, BUNDLE_ATTRIBUTES);
        bundles.add(MavenCoordinates.ofUrl(address(bundle)));
        String level = bundle.getAttribute("start-level");
        require(
                level.isEmpty() || level.matches("\\d{1,3}") && Integer.parseInt(level) >= LOWEST_START_LEVEL,
                "a bundle wants start level " + level + "; plugins start at " + LOWEST_START_LEVEL + " or later");
    }

    /** A file of a plugin lies in a folder of its own; so it is no setting of the node and no file of another plugin. */
    private void file(Element file, String feature) {
        attributes(file, Set.of("finalname", "override"));
        String place = file.getAttribute("finalname");
        String folder = ETC + feature + "/";
        require(
                place.startsWith(folder) && place.substring(folder.length()).matches(FILE),
                "a file is not for " + folder + ", where those of the feature lie");
        files.add(new Laid(place.substring(ETC.length()), MavenCoordinates.ofUrl(address(file))));
    }

    /** Asked for before its text: that of elements in elements is collected by recursion, however deep they are. */
    private static String address(Element element) {
        require(children(element).isEmpty(), "a <" + local(element) + "> holds more than an address");
        return element.getTextContent().strip();
    }

    private void configuration(Element configuration) {
        attributes(configuration, Set.of("name"));
        String name = configuration.getAttribute("name");
        require(name.length() <= LONGEST_PID && name.matches(PID), "a configuration has a name that cannot be a PID");
        configurations.add(name);
    }

    private static String unknown(Element element) {
        return "the feature repository has an element <" + local(element) + ">, which a plugin may not use";
    }

    private static void attributes(Element element, Set<String> known) {
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            String name = element.getAttributes().item(i).getNodeName();
            require(
                    known.contains(name) || name.equals("xmlns"),
                    "the feature repository has an attribute " + name + " of <" + local(element)
                            + ">, which a plugin may not use");
        }
    }

    private static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    private static String local(Element element) {
        return element.getLocalName();
    }

    private static DocumentBuilder builder() {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        try {
            factory.setNamespaceAware(true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every Java 17 runtime reads XML without document types", e);
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new MalformedException(otherwise);
        }
    }
}
