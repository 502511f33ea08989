package io.kairos.test.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.role.NodeRole;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.InterfacePolicyConfig;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the roles say about settings is understood by the parts they say it about. */
class RoleSettingsTest {

    private static final Path JARS = Path.of(System.getProperty("kairos.product"));
    private static final Pattern IMPLEMENTATION = Pattern.compile("<implementation class=\"([^\"]+)\"");
    private static final Pattern ATTRIBUTE = Pattern.compile("<AD id=\"([^\"]+)\" type=\"([^\"]+)\"");
    private static final Pattern DESIGNATE = Pattern.compile("<Designate (?:factoryPid|pid)=\"([^\"]+)\"");

    /** Transports that are planned; a role says what it would like of them. */
    private static final Set<String> PLANNED = Set.of(
            "io.kairos.transport.rnode",
            "io.kairos.transport.serial",
            "io.kairos.transport.kiss",
            "io.kairos.transport.ax25");

    @Test
    void everySettingOfEveryRoleExistsAndTakesItsValue() throws Exception {
        Map<String, Map<String, String>> declared = new HashMap<>();
        List<NodeRole> roles = new ArrayList<>();
        for (Path jar : jars()) {
            try (JarFile file = new JarFile(jar.toFile())) {
                for (JarEntry entry : file.stream().toList()) {
                    if (entry.getName().matches("OSGI-INF/metatype/.*\\.xml")) {
                        declarations(text(file, entry), declared);
                    } else if (jar.getFileName().toString().startsWith("io.kairos.role.")
                            && entry.getName().matches("OSGI-INF/[^/]*\\.xml")) {
                        roles.add(role(text(file, entry)));
                    }
                }
            }
        }
        assertEquals(6, roles.size());
        List<String> wrong = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        for (NodeRole role : roles) {
            names.add(role.name());
            role.defaults()
                    .forEach((pid, settings) -> wrong.addAll(wrong(role.name() + " " + pid, pid, settings, declared)));
        }
        assertEquals(Set.of("backbone", "client", "home", "hub", "mobile", "repeater"), names);
        assertEquals(List.of(), wrong);
    }

    private static List<String> wrong(
            String where, String pid, Map<String, String> settings, Map<String, Map<String, String>> declared) {
        List<String> wrong = new ArrayList<>();
        boolean isInterface = pid.startsWith("io.kairos.transport.");
        if (!declared.containsKey(pid) && !PLANNED.contains(pid)) {
            wrong.add(where + " is declared by nobody");
        }
        settings.forEach((key, value) -> {
            String type = declared.getOrDefault(pid, Map.of()).get(key);
            boolean isPolicy = isInterface && policyKeys().contains(key);
            if (type == null && !isPolicy) {
                wrong.add(where + " has no " + key);
            } else if (type != null && !fits(type, value)) {
                wrong.add(where + " " + key + " = " + value + " is no " + type);
            }
        });
        if (isInterface) {
            InterfacePolicy.parse(Map.copyOf(settings), 16); // throws what is wrong
        }
        return wrong;
    }

    private static boolean fits(String type, String value) {
        return switch (type) {
            case "Boolean" -> Set.of("true", "false").contains(value);
            case "Integer", "Long" -> value.matches("-?\\d{1,9}");
            default -> true;
        };
    }

    private static Set<String> policyKeys() {
        Set<String> keys = new HashSet<>();
        for (Method method : InterfacePolicyConfig.class.getDeclaredMethods()) {
            keys.add(method.getName().replace('_', '.'));
        }
        return keys;
    }

    private static void declarations(String xml, Map<String, Map<String, String>> declared) {
        Map<String, String> attributes = new HashMap<>();
        Matcher attribute = ATTRIBUTE.matcher(xml);
        while (attribute.find()) {
            attributes.put(attribute.group(1), attribute.group(2));
        }
        Matcher designate = DESIGNATE.matcher(xml);
        while (designate.find()) {
            declared.put(designate.group(1), attributes);
        }
    }

    private static NodeRole role(String xml) throws ReflectiveOperationException {
        Matcher implementation = IMPLEMENTATION.matcher(xml);
        assertTrue(implementation.find(), xml);
        return (NodeRole)
                Class.forName(implementation.group(1)).getConstructor().newInstance();
    }

    private static String text(JarFile file, JarEntry entry) throws IOException {
        try (InputStream in = file.getInputStream(entry)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(JARS)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }
}
