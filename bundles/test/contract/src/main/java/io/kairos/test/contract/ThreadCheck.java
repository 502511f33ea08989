package io.kairos.test.contract;

import java.util.Set;
import java.util.TreeSet;

/** Which threads of interfaces are alive. */
final class ThreadCheck {

    private ThreadCheck() {}

    /** Names of living threads that begin with {@code prefix}. */
    static Set<String> alive(String prefix) {
        Set<String> names = new TreeSet<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.isAlive() && thread.getName().startsWith(prefix)) {
                names.add(thread.getName());
            }
        }
        return names;
    }
}
