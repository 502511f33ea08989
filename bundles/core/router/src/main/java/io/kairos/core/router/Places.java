package io.kairos.core.router;

import io.kairos.api.failure.Failure;
import io.kairos.api.identity.Networks;
import io.kairos.api.transport.Endpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

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
     * @param program whether it makes this node a program of the shared instance at its endpoint
     */
    record Claim(String name, String network, Set<Endpoint> endpoints, boolean program) {}

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
        for (int i = 0; i < claims.size(); i++) {
            if (claims.get(i).program() && !refused.containsKey(i)) {
                Optional<Claim> server = ownServer(claims, i, refused);
                if (server.isPresent()) {
                    refused.put(i, itself(claims.get(i), server.get()));
                }
            }
        }
        return refused;
    }

    /** Who of this node is at the endpoint of a program already: whoever serves there, or an earlier program. */
    private static Optional<Claim> ownServer(List<Claim> claims, int program, Map<Integer, Failure> refused) {
        Claim wants = claims.get(program);
        return IntStream.range(0, claims.size())
                .filter(other -> other < program || !claims.get(other).program())
                .filter(other -> other != program && !refused.containsKey(other))
                .mapToObj(claims::get)
                .filter(other -> other.endpoints().stream()
                        .anyMatch(there -> wants.endpoints().stream().anyMatch(there::meets)))
                .findFirst();
    }

    private static Failure itself(Claim program, Claim other) {
        return new Failure(
                Failure.Kind.CONFIGURATION,
                "The interface %s of this node is at the same endpoint, so the node would be its own program"
                        .formatted(other.name()),
                "Set enabled = false for %s or for %s, or another instance.name or port for one of them."
                        .formatted(other.name(), program.name()));
    }

    /** Why a program of a shared instance is not let in where the node forwards for others. */
    static Failure forwards(Claim program) {
        return new Failure(
                Failure.Kind.CONFIGURATION,
                "The node forwards for others, which a program of a shared instance must not",
                "Set forward = false in %s, or enabled = false for %s."
                        .formatted(
                                program.network().equals(Networks.MAIN)
                                        ? "io.kairos.core.router"
                                        : "io.kairos.network-" + program.network(),
                                program.name()));
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
