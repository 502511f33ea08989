package io.kairos.transport.yggdrasil;

import io.kairos.api.failure.MalformedException;
import java.net.Inet6Address;
import java.util.Map;
import java.util.Optional;

/**
 * What the daemon says about itself. {@code response.address} since version 0.4; before, the address was the name of the
 * only member of {@code response.self}.
 */
final class SelfAnswer {

    /** What is asked; all versions know it. */
    static final String QUESTION = "{\"request\":\"getself\",\"arguments\":{}}\n";

    private SelfAnswer() {}

    /** The daemon's address; empty where the answer has none. */
    static Optional<Inet6Address> address(String text) {
        Object answer;
        try {
            answer = Json.read(text);
        } catch (MalformedException e) {
            return Optional.empty();
        }
        Optional<Map<?, ?>> response = member(answer, "response").flatMap(SelfAnswer::object);
        return response.flatMap(found -> member(found, "address"))
                .or(() -> response.flatMap(found -> member(found, "self"))
                        .flatMap(SelfAnswer::object)
                        .filter(self -> self.size() == 1)
                        .map(self -> self.keySet().iterator().next()))
                .filter(String.class::isInstance)
                .flatMap(found -> YggdrasilAddresses.parse((String) found));
    }

    private static Optional<Object> member(Object of, String name) {
        return object(of).map(found -> found.get(name));
    }

    private static Optional<Map<?, ?>> object(Object of) {
        return of instanceof Map<?, ?> found ? Optional.of(found) : Optional.empty();
    }
}
