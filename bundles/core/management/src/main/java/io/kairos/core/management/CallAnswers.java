package io.kairos.core.management;

import io.kairos.api.admin.ProgramCalls;
import io.kairos.api.identity.Blackholed;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.routing.PathTable;
import io.kairos.api.routing.PathTable.PathView;
import io.kairos.api.routing.Router;
import io.kairos.api.routing.Router.InterfaceView;
import io.kairos.api.transport.Signal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Answers the calls of programs with the keys and values that Reticulum's tools read (docs/protocol/transport.md, local
 * programs). Threads: any.
 */
final class CallAnswers implements ProgramCalls {

    private static final int FIRST_HOP_SECONDS = 6;
    private static final double MTU_BITS = 500 * 8;
    private static final int LONGEST_REASON = 256;
    private static final Optional<Answer> NOT_UNDERSTOOD = Optional.empty();

    private final Router router;
    private final PathTable paths;
    private final KnownDestinations known;
    private final StatusAnswer status;
    private final PathAnswer tables;

    CallAnswers(Router router, PathTable paths, KnownDestinations known, StatusAnswer status) {
        this.router = router;
        this.paths = paths;
        this.known = known;
        this.status = status;
        this.tables = new PathAnswer(paths, router);
    }

    @Override
    public Optional<Answer> answer(Map<?, ?> call) {
        if (call.get("get") instanceof String what) {
            return get(what, call);
        }
        if (call.get("drop") instanceof String what) {
            return drop(what, call);
        }
        if (call.containsKey("blackhole_identity")) {
            return identity(call, "blackhole_identity", who -> refuse(who, call));
        }
        if (call.containsKey("unblackhole_identity")) {
            return identity(call, "unblackhole_identity", who -> known.liftBlackhole(who) ? true : null);
        }
        if (call.get("destination_data") instanceof String what) {
            return destinationData(what, call);
        }
        if ("retain".equals(call.get("identity_data"))) {
            return identity(call, "identity_hash", known::retain);
        }
        return NOT_UNDERSTOOD;
    }

    private Optional<Answer> get(String what, Map<?, ?> call) {
        return switch (what) {
            case "interface_stats" -> told(status.node());
            case "path_table" -> told(tables.answer(Arrays.asList("table", null, call.get("max_hops"))));
            case "rate_table" -> told(tables.answer(List.of("rates")));
            case "link_count" -> told((long) router.transitLinks());
            case "next_hop_if_name" -> destination(call, this::nextInterface);
            case "next_hop" -> destination(call, this::nextHop);
            case "first_hop_timeout" -> destination(call, this::firstHopTimeout);
            case "packet_rssi" -> signal(call, Signal::rssiDbm);
            case "packet_snr" -> signal(call, Signal::snrDb);
            case "packet_q" -> signal(call, Signal::quality);
            case "blackholed_identities" -> told(BlackholeList.encode(known.blackholed()));
            case "is_blackholed" -> identity(call, "identity_hash", known::isBlackholed);
            default -> NOT_UNDERSTOOD;
        };
    }

    private Optional<Answer> drop(String what, Map<?, ?> call) {
        return switch (what) {
            case "path" -> destination(call, paths::drop);
            case "all_via" -> destination(call, next -> (long) paths.dropVia(next));
            case "announce_queues" -> {
                paths.dropQueuedAnnounces();
                yield told(null);
            }
            default -> NOT_UNDERSTOOD;
        };
    }

    private Optional<Answer> destinationData(String what, Map<?, ?> call) {
        return switch (what) {
            case "used" -> destination(call, which -> known.recall(which).isPresent());
            case "retain" ->
                destination(call, which -> {
                    known.retain(which);
                    return known.peek(which).isPresent();
                });
            case "unretain" ->
                destination(call, which -> {
                    known.release(which);
                    return known.peek(which).isPresent();
                });
            default -> NOT_UNDERSTOOD;
        };
    }

    private String nextInterface(DestinationHash destination) {
        return via(destination).map(InterfaceView::description).orElse("None");
    }

    private byte[] nextHop(DestinationHash destination) {
        return router.livesHere(destination)
                ? router.transportId().toBytes()
                : paths.find(destination)
                        .map(view -> view.path().nextHop().toBytes())
                        .orElse(null);
    }

    private Object firstHopTimeout(DestinationHash destination) {
        Optional<InterfaceView> via = via(destination);
        return via.isPresent()
                ? MTU_BITS / via.get().budget().bitsPerSecond() + FIRST_HOP_SECONDS
                : (Object) (long) FIRST_HOP_SECONDS;
    }

    private Optional<InterfaceView> via(DestinationHash destination) {
        Optional<PathView> path = paths.find(destination);
        return path.flatMap(view -> router.interfaces().stream()
                .filter(each -> each.name().equals(view.path().interfaceName()))
                .findFirst());
    }

    /** True for a new entry; {@code null} where the identity is listed already, as the reference says it. */
    private Object refuse(IdentityHash who, Map<?, ?> call) {
        if (known.isBlackholed(who)) {
            return null;
        }
        Object until = call.get("until");
        Object reason = call.get("reason");
        if (until != null && !(until instanceof Number) || reason != null && !(reason instanceof String)) {
            return false;
        }
        known.blackhole(new Blackholed(
                who,
                IdentityHash.of(router.transportId().toBytes()),
                Optional.ofNullable((Number) until).map(seconds -> (long) (seconds.doubleValue() * 1000)),
                Optional.ofNullable((String) reason)
                        .map(text -> text.substring(0, Math.min(text.length(), LONGEST_REASON)))));
        return true;
    }

    private Optional<Answer> signal(Map<?, ?> call, ToDoubleFunction<Signal> part) {
        if (!(call.get("packet_hash") instanceof byte[] hash)) {
            return NOT_UNDERSTOOD;
        }
        double value = router.signalOf(hash).map(part::applyAsDouble).orElse(Double.NaN);
        return told(Double.isNaN(value) ? null : value);
    }

    private static Optional<Answer> destination(Map<?, ?> call, Function<DestinationHash, Object> answer) {
        return call.get("destination_hash") instanceof byte[] hash && hash.length == DestinationHash.LENGTH
                ? told(answer.apply(DestinationHash.of(hash)))
                : NOT_UNDERSTOOD;
    }

    private static Optional<Answer> identity(Map<?, ?> call, String key, Function<IdentityHash, Object> answer) {
        return call.get(key) instanceof byte[] hash && hash.length == IdentityHash.LENGTH
                ? told(answer.apply(IdentityHash.of(hash)))
                : NOT_UNDERSTOOD;
    }

    private static Optional<Answer> told(Object value) {
        return Optional.of(new Answer(value));
    }
}
