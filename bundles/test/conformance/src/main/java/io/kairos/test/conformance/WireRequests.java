package io.kairos.test.conformance;

import io.kairos.api.link.Link;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.link.LocalDestination.Access;
import io.kairos.api.link.PendingRequest;
import io.kairos.api.link.ResourceData;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.packet.PacketContext;
import io.kairos.core.link.request.RequestPeek;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Requests over links and who answers them. */
final class WireRequests implements Commands.Family {

    private static final Map<String, Access> ACCESS =
            Map.of("all", Access.EVERYBODY, "list", Access.LISTED, "none", Access.NOBODY);

    private final WireNodes nodes;

    WireRequests(WireNodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public void addTo(Commands commands) {
        commands.add("wire_register_request_handler", this::register)
                .add("wire_deregister_request_handler", this::deregister)
                .add("wire_get_request_log", this::log)
                .add("wire_link_request", this::request)
                .add("wire_link_request_large", this::request)
                .add("wire_link_request_timeout", this::timeout)
                .add("wire_capture_response_packet", this::capture);
    }

    private Map<String, Object> register(Parameters p) {
        WireListener listener = nodes.of(p).listener(p);
        String path = p.text("path");
        Set<IdentityHash> allowed = p.texts("allowed_identity_hashes").stream()
                .map(IdentityHash::parse)
                .collect(Collectors.toSet());
        List<LocalDestination.IncomingRequest> log = new CopyOnWriteArrayList<>();
        listener.requests.put(path, log);
        Object answer = answer(p);
        listener.destination().onRequest(path, ACCESS.get(p.text("allow", "all")), allowed, asked -> {
            log.add(asked);
            return answer;
        });
        return Answer.of("registered", true);
    }

    private static Object answer(Parameters p) {
        if (p.flag("response_none", false)) {
            return null;
        }
        if (p.has("response_file")) {
            return RequestPeek.file(p.bytes("response_file"), p.optionalBytes("response_metadata"));
        }
        return p.bytesOrNone("response");
    }

    private Map<String, Object> deregister(Parameters p) {
        WireListener listener = nodes.of(p).listener(p);
        String path = p.text("path");
        boolean was = RequestPeek.isAnswered(listener.destination(), path);
        listener.destination().removeRequestHandler(path);
        return Answer.of("deregistered", was && !RequestPeek.isAnswered(listener.destination(), path));
    }

    private Map<String, Object> log(Parameters p) {
        List<Map<String, Object>> entries =
                nodes.of(p).listener(p).requests.getOrDefault(p.text("path"), List.of()).stream()
                        .map(WireRequests::entry)
                        .toList();
        return Answer.with("count", entries.size()).and("entries", entries).map();
    }

    private static Map<String, Object> entry(LocalDestination.IncomingRequest asked) {
        return Answer.with("data", asked.data() instanceof byte[] bytes ? bytes : new byte[0])
                .and("request_id", null)
                .and("link_id", asked.link().id())
                .and("remote_identity_hash", asked.remoteIdentity())
                .and("requested_at", asked.requestedAt())
                .map();
    }

    private Map<String, Object> request(Parameters p) throws Exception {
        return told(ask(p), p.millis("timeout_ms", 10_000)).map();
    }

    private PendingRequest ask(Parameters p) {
        return nodes.of(p).link(p).link.request(p.text("path"), p.bytesOrNone("data"), p.millis("timeout_ms", 10_000));
    }

    private static Answer told(PendingRequest asked, Duration patience) throws Exception {
        Until.holds(patience, () -> ended(asked.status()));
        if (asked.status() != PendingRequest.Status.READY) {
            String word = asked.status() == PendingRequest.Status.FAILED ? "failed" : "timeout";
            return Answer.with("status", word).and("response", null).and("response_metadata", null);
        }
        PendingRequest.Response response = Until.value(asked.response(), Duration.ofSeconds(5));
        return Answer.with("status", "ready")
                .and("response", bytes(response.value()))
                .and("response_metadata", response.metadata().filter(value -> value instanceof byte[]))
                .and("response_time_s", response.roundTrip().toNanos() / 1e9);
    }

    private static boolean ended(PendingRequest.Status status) {
        return status == PendingRequest.Status.READY || status == PendingRequest.Status.FAILED;
    }

    private static Optional<byte[]> bytes(Object value) throws Exception {
        if (value instanceof ResourceData file) {
            try (InputStream in = file.open(0)) {
                return Optional.of(in.readAllBytes());
            }
        }
        return value instanceof byte[] bytes ? Optional.of(bytes) : Optional.empty();
    }

    private Map<String, Object> timeout(Parameters p) {
        Link link = nodes.of(p).link(p).link;
        Optional<Duration> wanted = p.optionalNumber("timeout_ms").map(Duration::ofMillis);
        Duration used = wanted.orElseGet(() -> RequestPeek.defaultTimeout(link));
        return Answer.with("receipt_timeout", used.toNanos() / 1e9)
                .and("rtt", link.roundTrip().toNanos() / 1e9)
                .and("explicit_timeout", wanted.map(duration -> duration.toMillis() / 1000.0))
                .map();
    }

    private Map<String, Object> capture(Parameters p) throws Exception {
        WireLink wired = nodes.of(p).link(p);
        int before = wired.arrived().size();
        Answer answer = told(
                wired.link.request(p.text("path"), p.bytesOrNone("data"), p.millis("timeout_ms", 15_000)),
                p.millis("timeout_ms", 15_000));
        List<Map<String, Object>> captured = wired.arrived().stream()
                .skip(before)
                .filter(seen -> seen.context() == PacketContext.RESPONSE
                        || seen.context() == PacketContext.RESOURCE_ADVERTISEMENT)
                .map(seen -> Answer.with("context", seen.context())
                        .and(
                                "plaintext",
                                seen.context() == PacketContext.RESPONSE ? seen.plaintext() : Optional.empty())
                        .map())
                .toList();
        return answer.and("captured", captured).map();
    }
}
