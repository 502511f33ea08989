package io.kairos.core.management;

import java.util.List;

/** What Reticulum's tools take interfaces for, by their text form. */
final class InterfaceKinds {

    private static final List<String> WITH_CLIENTS =
            List.of("Shared Instance", "TCPServerInterface", "BackboneInterface", "I2PInterface");

    private InterfaceKinds() {}

    /** The class that the reference has for it. */
    static String type(String description) {
        String word = word(description);
        return switch (word) {
            case "Shared Instance" -> "LocalServerInterface";
            case "LocalInterface" -> "LocalClientInterface";
            case "TCPInterface" -> "TCPClientInterface";
            default -> word;
        };
    }

    /** How many clients to show; {@code null} for what never has any. */
    static Long clients(String description, long children) {
        if (hasPeers(description)) {
            return null;
        }
        return children > 0 || WITH_CLIENTS.contains(word(description)) ? children : null;
    }

    static boolean hasPeers(String description) {
        return word(description).equals("AutoInterface");
    }

    /** Its first word. */
    static String word(String description) {
        int bracket = description.indexOf('[');
        return bracket < 0 ? description : description.substring(0, bracket);
    }
}
