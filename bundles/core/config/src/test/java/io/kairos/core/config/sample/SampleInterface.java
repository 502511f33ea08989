package io.kairos.core.config.sample;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands for an interface in the embedded container: writes down with which settings it is made and changed. */
public final class SampleInterface {

    /** What happened; the class is shared with the test, so the test can read it. */
    public static final List<String> EVENTS = new CopyOnWriteArrayList<>();

    private volatile String last;

    void activate(Map<String, Object> properties) {
        last = shown(properties);
        EVENTS.add("up " + last);
    }

    /** As an interface should: what did not change disturbs nothing. */
    void modified(Map<String, Object> properties) {
        String now = shown(properties);
        if (!now.equals(last)) {
            last = now;
            EVENTS.add("changed " + now);
        } else {
            EVENTS.add("undisturbed");
        }
    }

    void deactivate() {
        EVENTS.add("gone " + last);
    }

    private static String shown(Map<String, Object> properties) {
        String refused = properties.containsKey("kairos.refused")
                ? " refused(" + properties.get("kairos.refused") + ") enabled=" + properties.get("enabled")
                : "";
        return properties.get("interface.name") + ":" + properties.get("listen.port") + refused;
    }
}
