package io.kairos.admin.shell.safety;

import io.kairos.api.health.Finding;
import io.kairos.api.health.HealthCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether others than its operators can get at this node from its own machine or over the remote console. */
@Component
public final class SafetyCheck implements HealthCheck {

    /** System property that opens the node for unsigned bundles; see etc/custom.system.properties. */
    static final String MODE = "kairos.mode";

    static final String DEVELOPER = "developer";

    private static final String DOOR = "org.apache.karaf.shell";
    private static final String COMPULSORY = "karaf.secured.command.compulsory.roles";
    private static final List<String> REMOTE_JAVA = List.of(
            "com.sun.management.jmxremote", "com.sun.management.jmxremote.port", "com.sun.management.config.file");

    private final BundleContext context;
    private final ConfigurationAdmin admin;

    @Activate
    public SafetyCheck(BundleContext context, @Reference ConfigurationAdmin admin) {
        this.context = context;
        this.admin = admin;
    }

    /** Whether the node takes bundles that nobody signed. */
    public static boolean isDeveloper(BundleContext context) {
        return DEVELOPER.equals(context.getProperty(MODE));
    }

    @Override
    public String subject() {
        return "safety";
    }

    @Override
    public List<Finding> examine() {
        List<Finding> findings = new ArrayList<>(FileModes.check(folders()));
        settings().ifPresent(settings -> findings.addAll(RemoteDoor.door(settings)));
        findings.addAll(RemoteDoor.passwords(file("users.properties")));
        findings.addAll(RemoteDoor.withoutRole(file("keys.properties")));
        findings.addAll(java());
        if (isDeveloper(context)) {
            findings.add(Finding.warning(
                    "this node runs in developer mode: bundles that nobody signed are taken",
                    "Remove kairos.mode from etc/custom.system.properties and start the node again."));
        }
        if (findings.isEmpty()) {
            findings.add(Finding.ok("Only this node's user reads its files, and only listed keys open its console"));
        }
        return findings;
    }

    private List<Finding> java() {
        List<Finding> findings = new ArrayList<>();
        if (REMOTE_JAVA.stream().anyMatch(property -> context.getProperty(property) != null)) {
            findings.add(
                    Finding.error(
                            "the Java virtual machine offers remote management, which knows no roles",
                            "Remove com.sun.management options from etc/setenv and etc/custom.system.properties, and start again."));
        }
        if (context.getProperty(COMPULSORY) == null) {
            findings.add(Finding.warning(
                    "commands that no etc/org.apache.karaf.command.acl file names are open to everybody who can log in",
                    "Write %s = owner into etc/custom.system.properties and start the node again."
                            .formatted(COMPULSORY)));
        }
        return findings;
    }

    private List<Path> folders() {
        List<Path> folders = new ArrayList<>();
        for (String property : List.of("karaf.etc", "karaf.data")) {
            String folder = context.getProperty(property);
            if (folder != null) {
                folders.add(Path.of(folder));
            }
        }
        String base = context.getProperty("karaf.base");
        if (base != null) {
            folders.add(Path.of(base, "store"));
        }
        return folders;
    }

    private String file(String name) {
        String etc = context.getProperty("karaf.etc");
        try {
            return etc == null || !Files.exists(Path.of(etc, name)) ? "" : Files.readString(Path.of(etc, name));
        } catch (IOException e) {
            return ""; // told by the check of file modes
        }
    }

    private Optional<Map<String, String>> settings() {
        try {
            Configuration[] found = admin.listConfigurations("(service.pid=" + DOOR + ")");
            if (found == null) {
                return Optional.empty(); // no console at all
            }
            Dictionary<String, Object> properties = found[0].getProperties();
            Map<String, String> settings = new HashMap<>();
            for (String key : Collections.list(properties.keys())) {
                settings.put(key, String.valueOf(properties.get(key)));
            }
            return Optional.of(settings);
        } catch (IOException | InvalidSyntaxException e) {
            return Optional.empty();
        }
    }
}
