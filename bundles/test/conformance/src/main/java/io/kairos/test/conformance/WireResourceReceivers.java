package io.kairos.test.conformance;

import io.kairos.api.link.ResourceTransfer;
import io.kairos.api.packet.PacketContext;
import io.kairos.core.link.RandomSource;
import io.kairos.core.link.resource.ResourceLab;
import io.kairos.core.link.resource.ResourceLab.ReceiverPeek;
import io.kairos.lib.wire.HashmapUpdate;
import io.kairos.lib.wire.PartRequest;
import io.kairos.lib.wire.ResourceProofCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Resources on a bench: what a receiver does with parts and hashes, and asks for. */
final class WireResourceReceivers implements Commands.Family {

    private static final Duration A_WHILE = Duration.ofSeconds(60);

    private final WireBench bench;

    WireResourceReceivers(WireNodes nodes) {
        bench = new WireBench(nodes);
    }

    @Override
    public void addTo(Commands commands) {
        commands.add("wire_inject_crafted_resource_part", this::part)
                .add("wire_inject_hashmap_update", this::update)
                .add("wire_resource_receiver_request_state", this::receiverState)
                .add("wire_resource_receiver_proof_count", this::proofCount)
                .add("wire_resource_request_next_content", this::requested)
                .add("wire_resource_late_after_cancel", this::late)
                .add("wire_resource_window_inheritance", this::inherited)
                .add("wire_resource_progress", this::progress);
    }

    private Map<String, Object> part(Parameters p) {
        String variant = p.text("variant");
        WireBench.Pair pair = bench.pair(p, WireBench.SMALL_MTU, 20_000).accepted();
        ReceiverPeek receiver = pair.to.receiver();
        if (variant.equals("duplicate_filled")) {
            pair.part(0);
        }
        int before = receiver.received();
        byte[] raw = switch (variant) {
            case "valid", "duplicate_filled" -> pair.packet(pair.sender.part(0));
            case "forged_map_hash" -> pair.packet(RandomSource.secure().bytes(pair.sender.part(0).length));
            case "beyond_window" -> pair.packet(pair.sender.part(receiver.window() + 1));
            default -> throw new IllegalArgumentException("unknown variant " + variant);
        };
        pair.to.deliver(raw);
        return Answer.with("variant", variant)
                .and("accepted", receiver.received() > before)
                .and("parts_before", before)
                .and("parts_after", receiver.received())
                .and("total_parts", receiver.parts())
                .and("window", receiver.window())
                .and("received_count_after", receiver.received())
                .map();
    }

    /** A receiver takes more hashes only when it has asked for them, so parts come first until it does. */
    private Map<String, Object> update(Parameters p) {
        WireBench.Pair pair = bench.pair(p, bench.mtuFor(p, WireBench.TINY_PART), WireBench.MANY_PARTS)
                .accepted();
        ReceiverPeek receiver = pair.to.receiver();
        int advertised = receiver.knownHashes();
        for (int part = 0; part < advertised && !receiver.waitsForHashes(); part++) {
            pair.part(part);
        }
        byte[] update = new HashmapUpdate(pair.sender.hash(), 1, pair.sender.block(1)).encode();
        pair.to.deliver(PacketContext.RESOURCE_HASHMAP_UPDATE, update);
        int first = receiver.knownHashes();
        pair.to.deliver(PacketContext.RESOURCE_HASHMAP_UPDATE, update);
        int second = receiver.knownHashes();
        return Answer.with("total_parts", receiver.parts())
                .and("height_after_advert", advertised)
                .and("height_after_first", first)
                .and("height_after_duplicate", second)
                .and("grew_on_first", first > advertised)
                .and("grew_on_duplicate", second > first)
                .map();
    }

    private Map<String, Object> receiverState(Parameters p) {
        WireBench.Pair pair =
                bench.pair(p, WireBench.SMALL_MTU, WireBench.SEVERAL_PARTS).accepted();
        ReceiverPeek receiver = pair.to.receiver();
        int fed = (int) p.number("n", 2);
        Answer answer = Answer.with("window", receiver.window())
                .and("window_min", receiver.windowMin())
                .and("window_max", receiver.windowMax())
                .and("total_parts", receiver.parts())
                .and("consecutive_height_initial", receiver.height())
                .and("hashmap_height_initial", receiver.knownHashes())
                .and("waiting_for_hmu_initial", receiver.waitsForHashes());
        for (int part = 0; part < fed; part++) {
            pair.part(part);
        }
        return answer.and("fed", fed)
                .and("received_count", receiver.received())
                .and("consecutive_height_after", receiver.height())
                .and("hashmap_height_after", receiver.knownHashes())
                .map();
    }

    private Map<String, Object> proofCount(Parameters p) {
        WireBench.Pair pair =
                bench.pair(p, WireBench.SMALL_MTU, WireBench.SEVERAL_PARTS).accepted();
        int last = pair.sender.parts() - 1;
        for (int part = 0; part < last; part++) {
            pair.part(part);
        }
        int before = pair.to.take(PacketContext.RESOURCE_PROOF).size();
        pair.part(last);
        ResourceTransfer.Status status = pair.to.started().get(0).status();
        return Answer.with("total_parts", pair.sender.parts())
                .and("proofs_before_final", before)
                .and(
                        "proofs_after_assembly",
                        pair.to.take(PacketContext.RESOURCE_PROOF).size())
                .and("status_name", status.name())
                .and("complete", status == ResourceTransfer.Status.COMPLETE)
                .map();
    }

    /** What is asked for next; a receiver asks again when nothing comes for a while. */
    private Map<String, Object> requested(Parameters p) {
        String variant = p.text("variant");
        boolean exhausted = variant.equals("exhausted");
        WireBench.Pair pair = bench.pair(
                        p, exhausted ? bench.mtuFor(p, WireBench.TINY_PART) : WireBench.SMALL_MTU, 8000)
                .accepted();
        ReceiverPeek receiver = pair.to.receiver();
        int feed = variant.equals("initial") ? 0 : exhausted ? receiver.knownHashes() - 1 : 2;
        if (feed > 0) {
            for (int part = 0; part < feed; part++) {
                pair.part(part);
            }
            pair.to.take(PacketContext.RESOURCE_REQUEST);
            pair.to.until(A_WHILE);
        }
        List<byte[]> asked = pair.to.take(PacketContext.RESOURCE_REQUEST);
        PartRequest request = PartRequest.decode(asked.get(0));
        List<String> expected = new ArrayList<>();
        int first = receiver.height() + 1;
        for (int part = first;
                part < Math.min(first + receiver.window(), Math.min(receiver.parts(), receiver.knownHashes()));
                part++) {
            expected.add(HexFormat.of().toHexDigits(receiver.hash(part)));
        }
        boolean waits = receiver.waitsForHashes();
        if (feed > 0) {
            pair.part(feed - 1);
        }
        return Answer.with("variant", variant)
                .and("window", receiver.window())
                .and("total_parts", receiver.parts())
                .and("hashmap_height", receiver.knownHashes())
                .and("consecutive_height", receiver.height())
                .and(
                        "requested",
                        Arrays.stream(request.wanted())
                                .mapToObj(HexFormat.of()::toHexDigits)
                                .toList())
                .and("expected", expected)
                .and("exhausted", request.isExhausted())
                .and("waiting_for_hmu", waits)
                .and(
                        "second_request_emitted",
                        !pair.to.take(PacketContext.RESOURCE_REQUEST).isEmpty())
                .map();
    }

    private Map<String, Object> late(Parameters p) {
        WireBench.Pair pair = bench.pair(p, bench.mtuFor(p, WireBench.TINY_PART), WireBench.MANY_PARTS)
                .accepted();
        ReceiverPeek receiver = pair.to.receiver();
        int received = receiver.received();
        int height = receiver.knownHashes();
        pair.to.started().get(0).cancel();
        pair.part(0);
        pair.to.deliver(
                PacketContext.RESOURCE_HASHMAP_UPDATE,
                new HashmapUpdate(pair.sender.hash(), 1, pair.sender.block(1)).encode());
        WireBench.Pair other = pair.more(p);
        int sent = other.sender.sentParts();
        other.sent.cancel();
        other.from.deliver(PacketContext.RESOURCE_REQUEST, WireBench.requestForAll(other.sender));
        int sentAfter = other.sender.sentParts();
        other.from.deliver(ResourceProofCodec.packet(other.id(), other.sender.hash(), other.sender.proof()));
        WireBench.Pair control = pair.more(p);
        control.from.deliver(ResourceProofCodec.packet(control.id(), control.sender.hash(), control.sender.proof()));
        return Answer.with("receiver_status", pair.to.started().get(0).status().name())
                .and("receiver_received_before", received)
                .and("receiver_received_after_late_part", receiver.received())
                .and("receiver_height_before", height)
                .and("receiver_height_after_late_hmu", receiver.knownHashes())
                .and("sender_status", other.sent.status().name())
                .and("sender_sent_before", sent)
                .and("sender_sent_after_late_request", sentAfter)
                .and("sender_status_after_late_proof", other.sent.status().name())
                .and("control_status_after_proof", control.sent.status().name())
                .map();
    }

    private Map<String, Object> inherited(Parameters p) {
        WireBench.Pair pair = bench.pair(p, WireBench.SMALL_MTU, 12_000).accepted();
        ReceiverPeek receiver = pair.to.receiver();
        int parts = receiver.parts();
        for (int part = 0; part < parts; part++) {
            pair.part(part);
        }
        ResourceTransfer.Status status = pair.to.started().get(0).status();
        WireBench.Pair second = pair.more(p);
        pair.to.deliver(PacketContext.RESOURCE_ADVERTISEMENT, second.offer.encode());
        return Answer.with("default_window", ResourceLab.window("INITIAL"))
                .and("total_parts_1", parts)
                .and("completed_1", status == ResourceTransfer.Status.COMPLETE)
                .and("window_after_complete", receiver.window())
                .and("link_last_window", pair.to.rememberedWindow())
                .and("window2_initial", pair.to.receiver().window())
                .map();
    }

    private Map<String, Object> progress(Parameters p) {
        WireBench.Pair pair =
                bench.pair(p, WireBench.SMALL_MTU, WireBench.SEVERAL_PARTS).accepted();
        ResourceTransfer transfer = pair.to.started().get(0);
        int[] calls = {0};
        transfer.onProgress(Duration.ZERO, moved -> calls[0]++);
        double initial = transfer.progress();
        int fed = 3;
        for (int part = 0; part < fed; part++) {
            pair.part(part);
        }
        return Answer.with("total_parts", pair.sender.parts())
                .and("fed", fed)
                .and("received_count", pair.to.receiver().received())
                .and("progress_initial", initial)
                .and("progress_mid", transfer.progress())
                .and("progress_callback_calls", calls[0])
                .map();
    }
}
