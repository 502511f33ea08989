package io.kairos.admin.shell.iface;

import io.kairos.admin.shell.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/** Kinds of interfaces as bundles describe them. */
final class Kinds {

    static final String TCP_CLIENT_PID = "io.kairos.transport.tcp.client";

    static final InterfaceKind TCP_CLIENT = new InterfaceKind(
            "tcp-client",
            TCP_CLIENT_PID,
            "TCP client",
            "Keeps one connection to one peer.",
            List.of(
                    required("interface.name", "Interface name", "Short name."),
                    required("peer.host", "Peer host", "Host name or address."),
                    new Setting(
                            "peer.port",
                            "Peer port",
                            "TCP port.",
                            "whole number",
                            Optional.of("4242"),
                            true,
                            List.of(),
                            false),
                    new Setting(
                            "framing",
                            "Framing",
                            "",
                            "text",
                            Optional.of("hdlc"),
                            true,
                            List.of("hdlc", "kiss"),
                            false),
                    new Setting("enabled", "Enabled", "", "true or false", Optional.of("true"), false, List.of(), true),
                    new Setting(
                            "access.passphrase", "Passphrase", "", "text", Optional.of(""), false, List.of(), true)));

    private Kinds() {}

    private static Setting required(String key, String name, String description) {
        return new Setting(key, name, description, "text", Optional.empty(), true, List.of(), false);
    }

    /** One setting as a bundle describes it. */
    record Attribute(String id, int type, String otherwise, boolean required) {}

    /** A service that describes these factory PIDs, all in one bundle. */
    static MetaTypeService descriptions(Map<String, List<Attribute>> pids) {
        MetaTypeInformation offered = Node.fake(MetaTypeInformation.class, (method, arguments) -> switch (method) {
            case "getFactoryPids" -> pids.keySet().toArray(String[]::new);
            case "getObjectClassDefinition" -> described((String) arguments.get(0), pids.get(arguments.get(0)));
            default -> throw new UnsupportedOperationException(method);
        });
        return Node.fake(MetaTypeService.class, (method, arguments) -> offered);
    }

    static Bundle[] oneBundle() {
        return new Bundle[] {Node.fake(Bundle.class, (method, arguments) -> null)};
    }

    private static ObjectClassDefinition described(String pid, List<Attribute> attributes) {
        return Node.fake(ObjectClassDefinition.class, (method, arguments) -> switch (method) {
            case "getName" -> "Name of " + pid;
            case "getDescription" -> null;
            case "getAttributeDefinitions" -> definitions(attributes, (int) arguments.get(0));
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private static AttributeDefinition[] definitions(List<Attribute> attributes, int filter) {
        return attributes.stream()
                .filter(each -> filter == ObjectClassDefinition.ALL
                        || each.required() == (filter == ObjectClassDefinition.REQUIRED))
                .map(Kinds::definition)
                .toArray(AttributeDefinition[]::new);
    }

    private static AttributeDefinition definition(Attribute attribute) {
        return Node.fake(AttributeDefinition.class, (method, arguments) -> switch (method) {
            case "getID", "getName" -> attribute.id();
            case "getDescription" -> "About " + attribute.id();
            case "getType" -> attribute.type();
            case "getDefaultValue" -> attribute.otherwise() == null ? null : new String[] {attribute.otherwise()};
            case "getOptionValues" -> null;
            default -> throw new UnsupportedOperationException(method);
        });
    }
}
