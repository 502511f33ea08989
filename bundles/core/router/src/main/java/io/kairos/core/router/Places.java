package io.kairos.core.router;

import io.kairos.api.failure.Failure;
import io.kairos.api.transport.Endpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gives each endpoint to one network: of two interfaces of different networks that meet, the earlier keeps its place.
 * Stateless: claims in, refusals out.
 */
final class Places {

    private Places() {}

    /**
     * What an interface wants.
     *
     * @param name of the interface
     * @param network it belongs to
     * @param endpoints it uses; empty where it is switched off
     */
    record Claim(String name, String network, Set<Endpoint> endpoints) {}

    /** An endpoint that was given away. */
    private record Taken(Endpoint endpoint, Claim by) {}

    /**
     * Decides about all interfaces.
     *
     * @param claims the earliest first
     * @return index of each claim that is refused, and why
     */
    static Map<Integer, Failure> refused(List<Claim> claims) {
        Map<Integer, Failure> refused = new LinkedHashMap<>();
        Map<String, List<Taken>> taken = new HashMap<>(); // by medium and name, which have to be equal anyway
        for (int i = 0; i < claims.size(); i++) {
            Claim claim = claims.get(i);
            Optional<Taken> before = claim.endpoints().stream()
                    .flatMap(endpoint -> taken.getOrDefault(key(endpoint), List.of()).stream()
                            .filter(other -> other.endpoint().meets(endpoint)))
                    .filter(other -> !other.by().network().equals(claim.network()))
                    .findFirst();
            if (before.isPresent()) {
                refused.put(i, failure(claim, before.get()));
            } else {
                claim.endpoints()
                        .forEach(endpoint -> taken.computeIfAbsent(key(endpoint), key -> new ArrayList<>())
                                .add(new Taken(endpoint, claim)));
            }
        }
        return refused;
    }

    private static String key(Endpoint endpoint) {
        return endpoint.medium() + ' ' + endpoint.name();
    }

    private static Failure failure(Claim claim, Taken before) {
        return new Failure(
                Failure.Kind.POLICY,
                "The endpoint %s belongs to the interface %s of the network %s, so the network %s may not use it"
                        .formatted(
                                before.endpoint().text(),
                                before.by().name(),
                                before.by().network(),
                                claim.network()),
                "Networks share no endpoint. Choose another port, group or device for %s, or remove %s: then %s is opened"
                                .formatted(claim.name(), before.by().name(), claim.name())
                        + " by itself.");
    }
}
