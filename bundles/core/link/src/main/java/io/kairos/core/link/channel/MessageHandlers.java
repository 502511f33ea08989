package io.kairos.core.link.channel;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who takes the messages of a channel, by type and in the order of their coming. Threads: any. */
final class MessageHandlers {

    private static final Logger LOG = LoggerFactory.getLogger(MessageHandlers.class);

    private final Map<Integer, List<Predicate<byte[]>>> byType = new ConcurrentHashMap<>();

    /** From now on only this one takes the type. */
    void replace(int type, Consumer<byte[]> handler) {
        Predicate<byte[]> taker = message -> {
            handler.accept(message);
            return true;
        };
        byType.put(type, new CopyOnWriteArrayList<>(List.of(taker)));
    }

    /** Takes what those before it have left. */
    void add(int type, Predicate<byte[]> handler) {
        byType.computeIfAbsent(type, key -> new CopyOnWriteArrayList<>()).add(handler);
    }

    boolean has(int type) {
        return byType.containsKey(type);
    }

    /** How many there are. */
    int size() {
        return byType.values().stream().mapToInt(List::size).sum();
    }

    /** Asks one after the other until one has taken it; one that fails does not hold it back from the others. */
    void deliver(int type, byte[] message) {
        for (Predicate<byte[]> handler : byType.getOrDefault(type, List.of())) {
            try {
                if (handler.test(message)) {
                    return;
                }
            } catch (RuntimeException e) {
                LOG.warn("A program's handler failed", e);
            }
        }
    }

    void clear() {
        byType.clear();
    }
}
