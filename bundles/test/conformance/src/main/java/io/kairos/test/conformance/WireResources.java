package io.kairos.test.conformance;

import io.kairos.api.link.Link;
import io.kairos.api.link.ResourceData;
import io.kairos.api.link.ResourceOptions;
import io.kairos.api.link.ResourceTransfer;
import io.kairos.api.link.ResourceTransfer.Status;
import io.kairos.api.packet.PacketContext;
import io.kairos.lib.wire.PartRequest;
import io.kairos.lib.wire.ResourceAdvertisement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Resources over live links. */
final class WireResources implements Commands.Family {

    /** How the suite counts what became of a resource; it has one number for "nothing yet" and "refused". */
    private static final Map<Status, Integer> NUMBERS = Map.of(
            Status.NONE, 0,
            Status.QUEUED, 1,
            Status.ADVERTISED, 2,
            Status.TRANSFERRING, 3,
            Status.AWAITING_PROOF, 4,
            Status.ASSEMBLING, 5,
            Status.COMPLETE, 6,
            Status.FAILED, 7,
            Status.CORRUPT, 8,
            Status.REJECTED, 0);

    private static final Duration OFFERED = Duration.ofSeconds(10);
    private static final Duration SETTLED = Duration.ofSeconds(2);
    private static final int DEFAULT_BOMB = 1_310_720;

    private final WireNodes nodes;

    WireResources(WireNodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public void addTo(Commands commands) {
        commands.add("wire_resource_send", this::send)
                .add("wire_resource_send_bomb", this::bomb)
                .add("wire_resource_cancel", this::cancel)
                .add("wire_resource_receiver_status", this::receiverStatus);
    }

    static boolean ended(Status status) {
        return status == Status.COMPLETE
                || status == Status.FAILED
                || status == Status.CORRUPT
                || status == Status.REJECTED;
    }

    private Map<String, Object> send(Parameters p) {
        WireNode node = nodes.of(p);
        WireLink wired = node.link(p);
        byte[] data = p.bytesOrNone("data");
        int before = wired.sent().size();
        Optional<Object> metadata = p.optionalBytes("metadata").map(Object.class::cast);
        ResourceTransfer transfer = wired.link.send(ResourceData.of(data), new ResourceOptions(metadata, true));
        String id = node.fresh("resource");
        node.transfers.put(id, transfer);
        if (!p.flag("wait", true)) {
            return offered(Answer.with("started", true), wired, before)
                    .and("resource_id", id)
                    .and("size", data.length)
                    .map();
        }
        boolean ended = Until.holds(p.millis("timeout_ms", 30_000), () -> ended(transfer.status()));
        return offered(
                        Answer.with("success", transfer.status() == Status.COMPLETE)
                                .and("status", NUMBERS.get(transfer.status())),
                        wired,
                        before)
                .and("size", data.length)
                .and("timed_out", !ended)
                .and("resource_id", id)
                .map();
    }

    /** What the first advertisement said. */
    private static Answer offered(Answer answer, WireLink wired, int before) {
        Until.holds(OFFERED, () -> offer(wired, before).isPresent());
        Optional<ResourceAdvertisement> offer = offer(wired, before);
        return answer.and("original_hash", offer.map(ResourceAdvertisement::firstHash))
                .and("total_segments", offer.map(ResourceAdvertisement::segments))
                .and("parts", offer.map(ResourceAdvertisement::parts))
                .and("compressed", offer.map(one -> one.has(ResourceAdvertisement.COMPRESSED)))
                .and("has_metadata", offer.map(one -> one.has(ResourceAdvertisement.METADATA)));
    }

    private static Optional<ResourceAdvertisement> offer(WireLink wired, int before) {
        return wired.sent().stream()
                .skip(before)
                .filter(seen -> seen.context() == PacketContext.RESOURCE_ADVERTISEMENT)
                .flatMap(seen -> seen.plaintext().stream())
                .findFirst()
                .map(ResourceAdvertisement::decode);
    }

    /** Highly compressible data beyond what the other end of the suite takes. */
    private Map<String, Object> bomb(Parameters p) {
        WireNode node = nodes.of(p);
        WireLink wired = node.link(p);
        int size = (int) Math.min(p.number("decompressed_size", DEFAULT_BOMB), DEFAULT_BOMB);
        ResourceTransfer transfer = wired.link.send(ResourceData.of(new byte[size]), ResourceOptions.DEFAULT);
        Until.holds(p.millis("timeout_ms", 30_000), () -> ended(transfer.status()));
        String id = node.fresh("resource");
        node.transfers.put(id, transfer);
        return Answer.with("success", transfer.status() == Status.COMPLETE)
                .and("status", NUMBERS.get(transfer.status()))
                .and("size", size)
                .and("resource_id", id)
                .map();
    }

    private Map<String, Object> cancel(Parameters p) {
        ResourceTransfer transfer = nodes.of(p).transfers.get(p.text("resource_id"));
        boolean running = !ended(transfer.status());
        transfer.cancel();
        Until.holds(SETTLED, () -> ended(transfer.status()));
        return Answer.with("cancelled", running && transfer.status() == Status.FAILED)
                .and("resource_id", p.text("resource_id"))
                .and("status", NUMBERS.get(transfer.status()))
                .map();
    }

    private Map<String, Object> receiverStatus(Parameters p) {
        WireListener listener = nodes.of(p).listener(p);
        Until.holds(
                p.millis("timeout_ms", 0),
                () -> last(listener)
                        .filter(one -> one.concluded
                                || ended(one.transfer.status()) && one.transfer.status() != Status.COMPLETE)
                        .isPresent());
        Optional<WireListener.Arriving> last = last(listener);
        if (last.isEmpty()) {
            return Answer.with("found", false).and("resource_count", 0).map();
        }
        WireListener.Arriving one = last.get();
        Status status = one.transfer.status();
        Link link = one.over.link;
        return Answer.with("found", true)
                .and("resource_count", listener.arriving.size())
                .and("status", NUMBERS.get(status))
                .and("status_name", status.name())
                .and("corrupt", status == Status.CORRUPT)
                .and("hmu_requests_sent", hashRequests(one.over))
                .and("hashmap_updates_received", hashUpdates(one.over))
                .and("compressed", null)
                .and("has_metadata", one.metadata.isPresent())
                .and("metadata", one.metadata.filter(value -> value instanceof byte[]))
                .and("data", one.data)
                .and("link_id", link.id())
                .map();
    }

    private static Optional<WireListener.Arriving> last(WireListener listener) {
        List<WireListener.Arriving> all = listener.arriving;
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    private static long hashRequests(WireLink wired) {
        return wired.sent().stream()
                .filter(seen -> seen.context() == PacketContext.RESOURCE_REQUEST)
                .flatMap(seen -> seen.plaintext().stream())
                .filter(plaintext -> PartRequest.decode(plaintext).isExhausted())
                .count();
    }

    private static long hashUpdates(WireLink wired) {
        return wired.arrived().stream()
                .filter(seen -> seen.context() == PacketContext.RESOURCE_HASHMAP_UPDATE)
                .count();
    }
}
