package io.kairos.admin.shell;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The services that are there at this moment. Commands ask for what they need when they run, because the console hides
 * commands whose references are missing, and a hidden command cannot say what is wrong.
 */
public interface Services {

    /** All services of a type, highest ranking first. */
    <T> List<T> all(Class<T> type);

    /** The same services, those of networks restricted to this one. Where nothing is told apart it is the same. */
    default Services in(String network) {
        return this;
    }

    default <T> Optional<T> find(Class<T> type) {
        return all(type).stream().findFirst();
    }

    /** The service, or a failure that says what does not run and how to get it back. */
    default <T> T require(Class<T> type) {
        return find(type).orElseThrow(() -> missing(type));
    }

    private static MeshException missing(Class<?> type) {
        String what = switch (type.getSimpleName()) {
            case "PacketRouter", "PathTable" -> "router";
            case "IdentityStore" -> "identity store";
            case "KnownDestinations" -> "store of known destinations";
            case "Endpoints" -> "link service";
            case "Clock" -> "clock";
            case "ReticulumImport" -> "importer";
            case "DiscoveredInterfaces" -> "discovery service";
            case "FileTransfers" -> "file service";
            case "Plugins" -> "service for plugins";
            case "RemoteCommands" -> "service for commands on other nodes";
            case "Roles", "RoleSettings" -> "service for roles";
            case "ConfigurationAdmin" -> "configuration service";
            case "MetaTypeService" -> "settings description service";
            default -> type.getSimpleName().toLowerCase(Locale.ROOT);
        };
        return new MeshException(
                Failure.Kind.CONFIGURATION,
                "No " + what + " is running.",
                "It may still be starting: try again in a few seconds. Otherwise see which part of the node is not"
                        + " active with bundle:list and why with log:display, or install the node with"
                        + " feature:install kairos.");
    }
}
