package io.kairos.core.config;

import io.kairos.api.admin.Configurations.Problem;
import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.InterfacePolicyConfig;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.ObjectClassDefinition;

/** Checks the settings of one configuration against their declaration. Stateless: settings in, problems out. */
final class SettingsCheck {

    private static final int ANY_CODE_BYTES = 16; // the size of an access code has no bearing on what is wrong
    private static final Set<String> POLICY_KEYS = policyKeys();

    private SettingsCheck() {}

    static List<Problem> check(ObjectClassDefinition declaration, Edit edit) {
        Map<String, AttributeCheck> checks = new TreeMap<>();
        for (AttributeDefinition attribute : declaration.getAttributeDefinitions(ObjectClassDefinition.ALL)) {
            checks.put(attribute.getID(), new AttributeCheck(attribute));
        }
        Set<String> required = ids(declaration.getAttributeDefinitions(ObjectClassDefinition.REQUIRED));
        List<Problem> problems = new ArrayList<>();
        edit.settings().forEach((key, value) -> {
            AttributeCheck check = checks.get(key);
            if (check != null) {
                check.check(value, check.isMandatory(required.contains(key))).ifPresent(problems::add);
            } else if (!isPolicy(edit, key)) {
                problems.add(unknown(edit, key, checks.keySet()));
            }
        });
        checks.forEach((key, check) -> {
            if (check.isMandatory(required.contains(key)) && !edit.settings().containsKey(key)) {
                problems.add(check.missing("is missing"));
            }
        });
        if (edit.isInterface()) {
            policy(edit).ifPresent(problems::add);
        }
        return problems;
    }

    private static boolean isPolicy(Edit edit, String key) {
        return edit.isInterface() && POLICY_KEYS.contains(key);
    }

    private static Problem unknown(Edit edit, String key, Set<String> declared) {
        Set<String> known = new TreeSet<>(declared);
        if (edit.isInterface()) {
            known.addAll(POLICY_KEYS);
        }
        known.removeIf(Edit::isContainers);
        String remedy = Spelling.closest(key, known)
                .map(meant -> "Did you mean %s?".formatted(meant))
                .orElseGet(() -> "Remove it. Known are: " + String.join(", ", known) + ".");
        // The value stays hidden: behind a misspelt key it may be a secret or an address.
        return new Problem(key, Secrets.DOTS, "there is no such setting", remedy);
    }

    /** The policy reports its first problem as "key = value reason". */
    private static Optional<Problem> policy(Edit edit) {
        try {
            InterfacePolicy.parse(edit.settings(), ANY_CODE_BYTES);
            return Optional.empty();
        } catch (MeshException e) {
            String message = e.failure().message();
            String key = POLICY_KEYS.stream()
                    .filter(candidate -> message.startsWith(candidate + " = "))
                    .findFirst()
                    .orElse("");
            String value = String.valueOf(edit.settings().getOrDefault(key, ""));
            String head = key + " = " + value.strip() + " ";
            String reason = message.startsWith(head) ? message.substring(head.length()) : message;
            return Optional.of(new Problem(key, Secrets.shown(key, value), reason, e.remedy()));
        }
    }

    private static Set<String> ids(AttributeDefinition[] attributes) {
        return attributes == null
                ? Set.of()
                : Arrays.stream(attributes).map(AttributeDefinition::getID).collect(Collectors.toSet());
    }

    /** The keys of the form that every interface shares; a method {@code announce_cap_percent} is {@code announce.cap.percent}. */
    private static Set<String> policyKeys() {
        Set<String> keys = new HashSet<>();
        for (Method method : InterfacePolicyConfig.class.getDeclaredMethods()) {
            keys.add(key(method.getName()));
        }
        return Set.copyOf(keys);
    }

    /** The mapping of component property types: one underscore is a dot, two are one. */
    static String key(String method) {
        return method.replace("__", "\0").replace('_', '.').replace('\0', '_');
    }
}
