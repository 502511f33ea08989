package io.kairos.test.rules;

import java.util.Set;
import java.util.stream.Collectors;

/** Which packages come with Java. */
final class Jdk {

    private static final Set<String> PACKAGES = ModuleLayer.boot().modules().stream()
            .flatMap(module -> module.getDescriptor().exports().stream())
            .filter(exports -> !exports.isQualified())
            .map(exports -> exports.source())
            .collect(Collectors.toUnmodifiableSet());

    private Jdk() {}

    static boolean has(String packageName) {
        return PACKAGES.contains(packageName);
    }
}
