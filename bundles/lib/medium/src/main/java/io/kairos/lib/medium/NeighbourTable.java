package io.kairos.lib.medium;

import io.kairos.api.transport.Neighbour;
import io.kairos.api.transport.Signal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts what each neighbour of a shared medium sends. Whoever was heard longest ago makes room. Threads: any. */
final class NeighbourTable {

    /** More than share a channel; strangers that make up names cannot make it grow. */
    static final int MOST = 256;

    static final int MOST_NAME_CHARACTERS = 64;

    /** In the order in which they were heard. Guarded by itself. */
    private final Map<String, Heard> heard = new LinkedHashMap<>(16, 0.75f, true);

    private static final class Heard {
        private long packets;
        private long bytes;
        private long lastMillis;
        private Optional<Signal> signal = Optional.empty();
    }

    void heard(String name, int bytes, Optional<Signal> signal, long nowMillis) {
        String key = name.length() > MOST_NAME_CHARACTERS ? name.substring(0, MOST_NAME_CHARACTERS) : name;
        synchronized (heard) {
            Heard entry = heard.computeIfAbsent(key, fresh -> new Heard());
            entry.packets++;
            entry.bytes += bytes;
            entry.lastMillis = nowMillis;
            entry.signal = signal.or(() -> entry.signal);
            if (heard.size() > MOST) {
                heard.remove(heard.keySet().iterator().next());
            }
        }
    }

    /** All of them, the last one heard first. */
    List<Neighbour> read() {
        List<Neighbour> all = new ArrayList<>();
        synchronized (heard) {
            heard.forEach((name, entry) ->
                    all.add(new Neighbour(name, entry.packets, entry.bytes, entry.lastMillis, entry.signal)));
        }
        Collections.reverse(all);
        return all;
    }
}
