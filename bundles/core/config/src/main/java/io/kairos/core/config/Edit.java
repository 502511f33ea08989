package io.kairos.core.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One configuration as its operator wrote it, without what the container adds.
 *
 * @param id what stays the same over restarts: the name of its file, or its PID where it has none
 * @param pid its PID
 * @param declaredAs the PID its bundle declares: the factory PID, or the PID of a single configuration
 * @param file where the operator edits it; empty where it has no file
 * @param settings key to value
 */
record Edit(String id, String pid, String declaredAs, String file, Map<String, Object> settings) {

    static final String INTERFACE_NAME = "interface.name";

    /** Property of a configuration that was made for what roles say, because its operator has none. */
    static final String PLACEHOLDER = "kairos.role.placeholder";

    private static final String PID = "service.pid";
    private static final String FACTORY = "service.factoryPid";
    private static final String FILE = "felix.fileinstall.filename";
    private static final String OURS = "io.kairos.";
    private static final String TRANSPORTS = "io.kairos.transport.";

    Edit {
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /** Reads what ConfigAdmin holds; empty for configurations of others. */
    static Optional<Edit> of(Dictionary<String, Object> properties) {
        Object pid = properties.get(PID);
        Object factory = properties.get(FACTORY);
        String declaredAs = String.valueOf(factory == null ? pid : factory);
        if (!declaredAs.startsWith(OURS)) {
            return Optional.empty();
        }
        Map<String, Object> settings = new TreeMap<>();
        for (String key : Collections.list(properties.keys())) {
            if (!isContainers(key)) {
                settings.put(key, properties.get(key));
            }
        }
        String file =
                properties.get(FILE) == null ? "" : path(properties.get(FILE).toString());
        String id = file.isEmpty() ? String.valueOf(pid) : file.substring(file.lastIndexOf('/') + 1);
        return Optional.of(new Edit(id, String.valueOf(pid), declaredAs, file, settings));
    }

    /** Settings that are no configuration yet. */
    static Edit proposed(String declaredAs, Map<String, ?> settings) {
        Map<String, Object> own = new TreeMap<>();
        settings.forEach((key, value) -> {
            if (!isContainers(key)) {
                own.put(key, value);
            }
        });
        Object file = settings.get(FILE);
        String path = file == null ? "" : path(file.toString());
        Object pid = settings.get(PID);
        String id = path.isEmpty() ? String.valueOf(pid == null ? "" : pid) : path.substring(path.lastIndexOf('/') + 1);
        return new Edit(id, pid == null ? "" : pid.toString(), declaredAs, path, own);
    }

    /** Whether the container, not the operator, put the key there. */
    static boolean isContainers(String key) {
        return key.equals(PLACEHOLDER)
                || key.startsWith("service.")
                || key.startsWith("felix.")
                || key.startsWith("org.apache.")
                || key.startsWith("component.")
                || key.startsWith("webconsole.")
                || key.endsWith(".target")
                || key.endsWith(".cardinality.minimum");
    }

    boolean isInterface() {
        return declaredAs.startsWith(TRANSPORTS);
    }

    /** The name of the interface; empty where it has none or is no interface. */
    Optional<String> interfaceName() {
        return isInterface() ? nameIn(settings) : Optional.empty();
    }

    static Optional<String> nameIn(Map<String, Object> settings) {
        return Optional.ofNullable(settings.get(INTERFACE_NAME))
                .map(name -> name.toString().strip())
                .filter(name -> !name.isEmpty());
    }

    /** What an operator knows it by. */
    String shown() {
        return file.isEmpty() ? pid : file;
    }

    private static String path(String uri) {
        try {
            return Path.of(URI.create(uri)).toString().replace('\\', '/');
        } catch (IllegalArgumentException e) {
            return uri; // not a URI of this machine: shown as it is
        }
    }
}
