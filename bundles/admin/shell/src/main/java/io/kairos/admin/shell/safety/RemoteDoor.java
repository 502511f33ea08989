package io.kairos.admin.shell.safety;

import io.kairos.api.health.Finding;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/** Who can come in by the remote console. Pure: texts of settings files in, findings out. */
final class RemoteDoor {

    private static final String GROUP = "_g_:";
    private static final Set<String> ROLES = Set.of("viewer", "operator", "owner", "admin");

    private RemoteDoor() {}

    /** @param settings those of {@code org.apache.karaf.shell} */
    static List<Finding> door(Map<String, String> settings) {
        List<Finding> findings = new ArrayList<>();
        String host = settings.getOrDefault("sshHost", "0.0.0.0").strip();
        if (!isLoopback(host)) {
            findings.add(Finding.warning(
                    "the remote console can be reached from other machines (sshHost = %s)".formatted(host),
                    "Where that is not meant, write sshHost = 127.0.0.1 into etc/org.apache.karaf.shell.cfg."));
        }
        String methods = settings.getOrDefault("authMethods", "password").strip();
        if (!methods.equals("publickey")) {
            findings.add(Finding.error(
                    "the remote console accepts more than keys (authMethods = %s)".formatted(methods),
                    "Write authMethods = publickey into etc/org.apache.karaf.shell.cfg."));
        }
        return findings;
    }

    /** @param text of {@code etc/users.properties} */
    static List<Finding> passwords(String text) {
        return properties(text).isEmpty()
                ? List.of()
                : List.of(Finding.error(
                        "etc/users.properties has passwords for the console",
                        "Remove its lines and give those people a line in etc/keys.properties."));
    }

    /** Those who are let in without a role they could do anything with; their number, not their names. */
    static List<Finding> withoutRole(String text) {
        Properties lines = properties(text);
        int without = 0;
        for (String name : lines.stringPropertyNames()) {
            if (!name.startsWith(GROUP) && !name.startsWith("_g_")) {
                Set<String> roles = roles(lines, lines.getProperty(name), true);
                if (roles.stream().noneMatch(ROLES::contains)) {
                    without++;
                }
            }
        }
        return without == 0
                ? List.of()
                : List.of(Finding.warning(
                        "%d of those in etc/keys.properties have no role, so they can do nothing or cannot log in"
                                .formatted(without),
                        "End each line with ,_g_:viewer or ,_g_:operator or ,_g_:owner, and look whether these groups"
                                + " stand at the end of the file."));
    }

    /** Roles of a line: what follows the key (or the word group), groups replaced by what they hold. */
    private static Set<String> roles(Properties lines, String value, boolean isPerson) {
        Set<String> roles = new TreeSet<>();
        Arrays.stream(value.split(",")).skip(1).map(String::strip).forEach(role -> {
            if (!role.startsWith(GROUP)) {
                roles.add(role);
            } else if (isPerson && lines.containsKey(role)) {
                roles.addAll(roles(lines, lines.getProperty(role), false));
            }
        });
        return roles;
    }

    private static Properties properties(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            properties.clear(); // Karaf cannot read it either, so nobody comes in by it
        }
        return properties;
    }

    private static boolean isLoopback(String host) {
        try {
            return host.equals("localhost")
                    || (host.matches("[0-9.:a-fA-F]+")
                            && InetAddress.getByName(host).isLoopbackAddress());
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
