package io.kairos.lib.medium;

import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.LinkBudget;
import java.util.Map;

/** Settings of the media in these tests. */
record Fakes(String name, Object line, InterfacePolicy policy) implements LineSettings {

    static Fakes on(String line) {
        return new Fakes("fake", line, InterfacePolicy.parse(Map.of("enabled", "true"), 16));
    }

    Fakes switchedOff() {
        return new Fakes(name, line, InterfacePolicy.parse(Map.of("enabled", "false"), 16));
    }

    @Override
    public LinkBudget budget() {
        return LinkBudget.plain(9_600, 500);
    }
}
