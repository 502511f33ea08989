package io.kairos.transport.loopback;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;

/**
 * Where the loopback interfaces of this process find each other. A service of its own, so that nothing static is needed
 * and a test can have as many separate exchanges as it likes.
 *
 * <p>Threads: any.
 */
@Component(service = LoopbackExchange.class, immediate = true)
public final class LoopbackExchange {

    private final Map<String, LoopbackInterface> members = new ConcurrentHashMap<>();

    /** Makes an interface reachable under its name; a later one of the same name replaces it. */
    void join(LoopbackInterface member) {
        members.put(member.name(), member);
        tellOthersThan(member);
    }

    void leave(LoopbackInterface member) {
        if (members.remove(member.name(), member)) {
            tellOthersThan(member);
        }
    }

    Optional<LoopbackInterface> find(String name) {
        return Optional.ofNullable(members.get(name));
    }

    private void tellOthersThan(LoopbackInterface member) {
        members.values().stream()
                .filter(other -> other != member && other.peerName().equals(member.name()))
                .forEach(LoopbackInterface::peerChanged);
    }
}
