package io.kairos.admin.shell;

import io.kairos.api.failure.Failure;
import io.kairos.api.identity.KnownDestination;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.api.link.DestinationSettings;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.routing.PathCandidate;
import io.kairos.api.routing.PathCandidate.Responsiveness;
import io.kairos.api.routing.Router.InterfaceView;
import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfaceMode;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.LinkBudget;
import io.kairos.lib.bytes.Hashes;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Pieces of a node that tests show. */
public final class Node {

    /** 2026-01-01T00:00Z, where the manual clock starts. */
    public static final long NOW = 1_767_225_600_000L;

    public static final DestinationHash NEAR = DestinationHash.parse("00112233445566778899aabbccddeeff");
    public static final DestinationHash FAR = DestinationHash.parse("ffeeddccbbaa99887766554433221100");
    public static final DestinationHash HUB = DestinationHash.parse("0123456789abcdef0123456789abcdef");
    public static final IdentityHash SOMEBODY = IdentityHash.parse("aaaabbbbccccddddeeeeffff00001111");

    private Node() {}

    public static long ago(long seconds) {
        return NOW - seconds * 1000;
    }

    public static InterfaceView up(String name, String kind, InterfaceCounters counters) {
        return view(name, kind, Optional.empty(), InterfaceState.UP, Optional.empty(), counters);
    }

    public static InterfaceView child(String name, String parent) {
        return view(
                name,
                "tcp-peer",
                Optional.of(parent),
                InterfaceState.UP,
                Optional.empty(),
                new InterfaceCounters(10, 5000, 20, 2500, 0, 0, 0));
    }

    public static InterfaceView down(String name, String kind, String message, String remedy) {
        return view(
                name,
                kind,
                Optional.empty(),
                InterfaceState.DOWN,
                Optional.of(new Failure(Failure.Kind.NETWORK, message, remedy)),
                InterfaceCounters.NONE);
    }

    public static InterfaceView view(
            String name,
            String kind,
            Optional<String> parent,
            InterfaceState state,
            Optional<Failure> failure,
            InterfaceCounters counters) {
        return new InterfaceView(
                name,
                kind,
                "TCPInterface[" + name + "]",
                parent,
                state,
                failure,
                InterfaceMode.FULL,
                LinkBudget.automatic(10_000_000),
                true,
                counters,
                2,
                3,
                0.25,
                12,
                0,
                0,
                false,
                false,
                ago(7500));
    }

    public static PathCandidate path(DestinationHash nextHop, String interfaceName, int hops) {
        return new PathCandidate(
                nextHop,
                interfaceName,
                hops,
                ago(90),
                0,
                NOW + 604_710_000L,
                1_767_225_000L,
                Responsiveness.UNKNOWN,
                InterfaceMode.FULL,
                0,
                10_000_000,
                0,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                true);
    }

    public static PathCandidate measured(DestinationHash nextHop, String interfaceName, int hops) {
        return new PathCandidate(
                nextHop,
                interfaceName,
                hops,
                ago(3700),
                ago(5),
                ago(1),
                1_767_225_000L,
                Responsiveness.RESPONSIVE,
                InterfaceMode.GATEWAY,
                5,
                1200,
                2.5,
                OptionalDouble.of(1234.5),
                OptionalDouble.of(0.25),
                false);
    }

    public static KnownDestination known(String fullName, PublicIdentity identity) {
        return new KnownDestination(
                Hashes.destination(fullName, identity.hash()), identity, Optional.empty(), Optional.empty(), ago(60));
    }

    /** An identity whose keys are all this byte. */
    public static PublicIdentity publicIdentity(int filling) {
        byte[] keys = new byte[PublicIdentity.LENGTH];
        java.util.Arrays.fill(keys, (byte) filling);
        return PublicIdentity.of(keys, Hashes.identity(keys));
    }

    public static LocalIdentity identity(String name, int filling) {
        PublicIdentity publicIdentity = publicIdentity(filling);
        return fake(LocalIdentity.class, (method, arguments) -> switch (method) {
            case "name" -> name;
            case "publicIdentity" -> publicIdentity;
            case "hash" -> publicIdentity.hash();
            default -> throw new UnsupportedOperationException(method);
        });
    }

    public static DestinationSettings single(String fullName, LocalIdentity identity) {
        return DestinationSettings.single(fullName, identity).withProofs(DestinationSettings.ProofStrategy.ALL);
    }

    /** What a fake does when it is called. */
    @FunctionalInterface
    public interface Answers {
        Object answer(String method, List<Object> arguments);
    }

    /** A service of which a test answers only the calls it expects. */
    public static <T> T fake(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return switch (method.getName()) {
                            case "equals" -> proxy == given[0];
                            case "hashCode" -> System.identityHashCode(proxy);
                            default -> "fake " + type.getSimpleName();
                        };
                    }
                    return answers.answer(method.getName(), given == null ? List.of() : java.util.Arrays.asList(given));
                }));
    }
}
