package io.kairos.sdk.packager;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.lib.plugin.MavenCoordinates;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What a feature repository names.
 *
 * @param features names of its features, in their order
 * @param automatic names of those that say {@code install="auto"}
 * @param files coordinates of bundles and configuration files
 */
record FeatureFile(List<String> features, List<String> automatic, Set<MavenCoordinates> files) {

    /** Reads a feature repository. */
    static FeatureFile read(byte[] xml) throws IOException {
        Document document = parse(xml);
        List<String> features = new ArrayList<>();
        List<String> automatic = new ArrayList<>();
        NodeList elements = document.getDocumentElement().getChildNodes();
        for (int i = 0; i < elements.getLength(); i++) {
            if (elements.item(i) instanceof Element element
                    && element.getTagName().equals("feature")) {
                features.add(element.getAttribute("name"));
                if (element.getAttribute("install").equals("auto")) {
                    automatic.add(element.getAttribute("name"));
                }
            }
        }
        Set<MavenCoordinates> files = new LinkedHashSet<>();
        for (String tag : new String[] {"bundle", "configfile"}) {
            NodeList named = document.getElementsByTagName(tag);
            for (int i = 0; i < named.getLength(); i++) {
                files.add(MavenCoordinates.ofUrl(named.item(i).getTextContent().strip()));
            }
        }
        if (features.isEmpty()) {
            throw new MeshException(
                    Failure.Kind.CONFIGURATION,
                    "The feature repository has no feature",
                    "Add <feature name=\"…\" install=\"auto\"> with the plugin's bundle.");
        }
        return new FeatureFile(features, automatic, files);
    }

    /** What a node installs: the automatic ones, or all where none is. */
    List<String> installed() {
        return automatic.isEmpty() ? features : automatic;
    }

    private static Document parse(byte[] xml) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
        } catch (ParserConfigurationException | SAXException e) {
            throw new MeshException(
                    Failure.Kind.CONFIGURATION,
                    "The feature repository is not readable XML: " + e.getMessage(),
                    "Compare it with the example in docs/plugins/package-and-sign.md.",
                    e);
        }
    }
}
