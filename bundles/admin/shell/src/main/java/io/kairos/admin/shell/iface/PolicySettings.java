package io.kairos.admin.shell.iface;

import io.kairos.api.transport.InterfacePolicyConfig;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The settings that every interface has. Their description belongs to no PID, so the description service does not know
 * it; it is read from the bundle of the contract.
 */
final class PolicySettings {

    private static final String DESCRIPTION = "/OSGI-INF/metatype/" + InterfacePolicyConfig.class.getName() + ".xml";

    private PolicySettings() {}

    static List<Setting> read() {
        try (InputStream in = InterfacePolicyConfig.class.getResourceAsStream(DESCRIPTION)) {
            return in == null ? List.of() : parse(in);
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new IllegalStateException("the description of the settings of every interface is damaged", e);
        }
    }

    private static List<Setting> parse(InputStream in) throws IOException, SAXException, ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        NodeList attributes =
                factory.newDocumentBuilder().parse(in).getDocumentElement().getElementsByTagName("AD");
        List<Setting> settings = new ArrayList<>();
        for (int i = 0; i < attributes.getLength(); i++) {
            Element attribute = (Element) attributes.item(i);
            settings.add(new Setting(
                    attribute.getAttribute("id"),
                    attribute.getAttribute("name"),
                    attribute.getAttribute("description"),
                    typeWord(attribute.getAttribute("type")),
                    Optional.of(attribute.getAttribute("default")),
                    false,
                    List.of(),
                    true));
        }
        return settings;
    }

    private static String typeWord(String type) {
        return switch (type) {
            case "Boolean" -> "true or false";
            case "Integer", "Long", "Short", "Byte" -> "whole number";
            case "Double", "Float" -> "number";
            default -> "text";
        };
    }
}
