package io.kairos.core.discovery;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.Networks;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.transport.DiscoveryPolicy;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.Offer;
import io.kairos.lib.discovery.Advertisement;
import io.kairos.lib.discovery.Field;
import io.kairos.lib.discovery.Kind;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What an interface of this node tells of itself. Pure. */
final class OwnOffer {

    private OwnOffer() {}

    /** Whether its operator wants it announced, it is there, and others can join it. */
    static boolean isOffered(MeshInterface medium) {
        InterfacePolicy policy = medium.policy();
        return policy.discovery().isPresent()
                && policy.network().equals(Networks.MAIN)
                && medium.status().isUp()
                && medium.offer().isPresent();
    }

    /**
     * What is announced of an interface that {@link #isOffered}.
     *
     * @throws MeshException of kind {@code CONFIGURATION} for settings that cannot be told
     */
    static Advertisement of(MeshInterface medium, boolean forwards, IdentityHash node) {
        DiscoveryPolicy policy = medium.policy().discovery().orElseThrow();
        Offer offer = medium.offer().orElseThrow();
        Kind kind = Kind.of(offer.kind())
                .orElseThrow(() -> refuse(medium, "others know no kind called " + offer.kind(), "Do not announce it."));
        Map<Field, Object> known = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            Optional.ofNullable(offer.details().get(field.name().toLowerCase(Locale.ROOT)))
                    .ifPresent(value -> known.put(field, value));
        }
        known.put(Field.NAME, policy.name().orElse(medium.name()));
        policy.latitude().ifPresent(value -> known.put(Field.LATITUDE, value));
        policy.longitude().ifPresent(value -> known.put(Field.LONGITUDE, value));
        policy.height().ifPresent(value -> known.put(Field.HEIGHT, value));
        policy.reachableOn().ifPresent(place -> known.put(Field.REACHABLE_ON, place));
        if (policy.tellsAccessCode()) {
            medium.policy().accessCode().ifPresent(code -> {
                code.networkName().ifPresent(name -> known.put(Field.NETWORK_NAME, name));
                code.passphrase().ifPresent(phrase -> known.put(Field.PASSPHRASE, phrase));
            });
        }
        for (Field needed : kind.details()) {
            if (known.get(needed) == null) {
                throw refuse(
                        medium,
                        needed.name().toLowerCase(Locale.ROOT) + " is not known",
                        "Set discoverable.reachable.on to the name or address at which others reach it.");
            }
        }
        return Advertisement.of(kind, forwards, node, known);
    }

    private static MeshException refuse(MeshInterface medium, String why, String remedy) {
        return new MeshException(
                Failure.Kind.CONFIGURATION,
                "Interface %s cannot be announced: %s.".formatted(medium.name(), why),
                remedy);
    }
}
