package io.kairos.test.conformance;

import io.kairos.api.link.Link;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.link.ResourceTransfer;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.packet.PacketType;
import io.kairos.core.link.LinkSettings;
import io.kairos.core.link.RandomSource;
import io.kairos.core.link.resource.CollisionLab;
import io.kairos.core.link.resource.ResourceLab;
import io.kairos.core.link.resource.ResourceLab.ReceiverPeek;
import io.kairos.core.link.resource.ResourceLab.SenderPeek;
import io.kairos.lib.bytes.MessagePack;
import io.kairos.lib.wire.HashmapUpdate;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.lib.wire.PartRequest;
import io.kairos.lib.wire.ResourceAdvertisement;
import io.kairos.lib.wire.ResourceProofCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Resources on a bench: what sender and receiver do with packets that were made up or come in a strange order. */
final class WireResourceBench implements Commands.Family {

    private static final Duration A_WHILE = Duration.ofSeconds(60);
    private static final Duration A_MOMENT = Duration.ofMillis(700);
    private static final int SMALL_MTU = 500;
    private static final int TINY_PART = 50;
    private static final int SEVERAL_PARTS = 4000;
    private static final int MANY_PARTS = 12_000;

    private final WireNodes nodes;

    WireResourceBench(WireNodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public void addTo(Commands commands) {
        commands.add("wire_resource_create", this::create)
                .add("wire_inject_crafted_resource_proof", this::proof)
                .add("wire_inject_crafted_resource_request", this::request)
                .add("wire_inject_crafted_resource_part", this::part)
                .add("wire_inject_corrupt_assembled_resource", this::assembled)
                .add("wire_inject_duplicate_resource_adv", this::twice)
                .add("wire_inject_malformed_resource_adv", this::malformed)
                .add("wire_inject_resource_adv_flags", this::flags)
                .add("wire_inject_hashmap_update", this::update)
                .add("wire_resource_receiver_request_state", this::receiverState)
                .add("wire_resource_receiver_proof_count", this::proofCount)
                .add("wire_resource_request_next_content", this::requested)
                .add("wire_resource_late_after_cancel", this::late)
                .add("wire_resource_part_count_derivation", this::partCount)
                .add("wire_resource_window_inheritance", this::inherited)
                .add("wire_resource_progress", this::progress)
                .add("wire_resource_outgoing_queue_state", this::queue)
                .add("wire_resource_decompress_limit", p -> limits())
                .add("wire_resource_constants", p -> constants())
                .add("wire_resource_force_collision", this::collision);
    }

    // ---- benches ----

    private ResourceLab lab(Parameters p, int mtu) {
        WireNode node = nodes.of(p);
        WireLink wired = node.link(p);
        Path spool;
        try {
            spool = Files.createTempDirectory("kairos-bench");
            spool.toFile().deleteOnExit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ResourceLab(
                wired.link.id(), node.node.suite(), wired.wire().token(), mtu, RandomSource.secure(), spool);
    }

    /** An MTU with which parts have this size. */
    private int mtuFor(Parameters p, int partBytes) {
        ResourceLab sample = lab(p, SMALL_MTU);
        return SMALL_MTU - sample.partBytes() + partBytes;
    }

    /** A sender that has offered something incompressible and a receiver that has accepted it. */
    private final class Pair {
        final ResourceLab from;
        final ResourceLab to;
        final ResourceTransfer sent;
        final ResourceAdvertisement offer;
        final SenderPeek sender;

        Pair(Parameters p, int mtu, int bytes) {
            from = lab(p, mtu);
            to = lab(p, mtu);
            sent = from.send(RandomSource.secure().bytes(bytes), Optional.empty(), false);
            offer = from.offer();
            sender = from.sender();
        }

        Pair accepted() {
            to.deliver(PacketContext.RESOURCE_ADVERTISEMENT, offer.encode());
            return this;
        }

        /** Gives the receiver a genuine part. */
        void part(int part) {
            to.deliver(packet(sender.part(part)));
        }

        byte[] packet(byte[] part) {
            return PacketBytes.build(
                    PacketBytes.flags(PacketType.DATA, DestinationType.LINK), id(), PacketContext.RESOURCE, part);
        }

        DestinationHash id() {
            return from.wire().id();
        }

        Pair more(Parameters p) {
            return new Pair(p, from.wire().mtu(), SEVERAL_PARTS);
        }
    }

    // ---- what a sender makes ----

    private Map<String, Object> create(Parameters p) {
        WireLink wired = nodes.of(p).link(p);
        int mtu = p.optionalNumber("force_sdu")
                .map(part -> mtuFor(p, part.intValue()))
                .orElse(wired.link.mtu());
        ResourceLab lab = lab(p, mtu);
        lab.send(
                p.bytesOrNone("data"),
                p.optionalBytes("metadata").map(Object.class::cast),
                p.flag("auto_compress", true));
        ResourceAdvertisement offer = lab.offer();
        SenderPeek sender = lab.sender();
        Answer answer = Answer.with("hash", offer.hash())
                .and("truncated_hash", Arrays.copyOf(offer.hash(), DestinationHash.LENGTH))
                .and("random_hash", offer.random())
                .and("expected_proof", sender.proof())
                .and("hashmap", hashes(sender))
                .and("num_parts", offer.parts())
                .and("encrypted", offer.has(ResourceAdvertisement.ENCRYPTED))
                .and("compressed", offer.has(ResourceAdvertisement.COMPRESSED))
                .and("split", offer.has(ResourceAdvertisement.SPLIT))
                .and("total_segments", offer.segments())
                .and("segment_index", offer.segment())
                .and("original_hash", offer.firstHash())
                .and("has_metadata", offer.has(ResourceAdvertisement.METADATA))
                .and("flags", offer.flags())
                .and("size", offer.streamBytes())
                .and("total_size", offer.totalBytes())
                .and("sdu", lab.partBytes());
        if (p.flag("include_parts", true)) {
            List<byte[]> parts = new ArrayList<>();
            for (int part = 0; part < sender.parts(); part++) {
                parts.add(sender.part(part));
            }
            answer.and("parts", parts);
        }
        return answer.map();
    }

    private static byte[] hashes(SenderPeek sender) {
        StringBuilder all = new StringBuilder();
        for (int block = 0; block * ResourceAdvertisement.HASHES < sender.parts(); block++) {
            all.append(HexFormat.of().formatHex(sender.block(block)));
        }
        return HexFormat.of().parseHex(all);
    }

    // ---- what a sender takes ----

    private Map<String, Object> proof(Parameters p) {
        Pair pair = new Pair(p, SMALL_MTU, SEVERAL_PARTS);
        byte[] random = RandomSource.secure().bytes(32);
        byte[] good = Arrays.copyOfRange(
                ResourceProofCodec.packet(pair.id(), pair.sender.hash(), pair.sender.proof()),
                PacketBytes.SHORT_HEADER,
                83);
        byte[] data = switch (p.text("variant")) {
            case "valid" -> good;
            case "wrong_proof" -> join(pair.sender.hash(), random);
            case "wrong_length_short" -> random;
            case "wrong_length_long" -> join(good, random);
            default -> throw new IllegalArgumentException("unknown variant " + p.text("variant"));
        };
        pair.from.deliver(PacketBytes.build(
                PacketBytes.flags(PacketType.PROOF, DestinationType.LINK),
                pair.id(),
                PacketContext.RESOURCE_PROOF,
                data));
        return Answer.with("variant", p.text("variant"))
                .and("concluded", pair.sent.status() == ResourceTransfer.Status.COMPLETE)
                .and("status", pair.sent.status().ordinal())
                .and("status_name", pair.sent.status().name())
                .and("proof_len", data.length)
                .map();
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private Map<String, Object> request(Parameters p) {
        String variant = p.text("variant");
        return switch (variant) {
            case "misaligned_hmu" -> hashesAfter(p, variant, 0);
            case "aligned" -> hashesAfter(p, variant, ResourceAdvertisement.HASHES - 1);
            case "aligned_scope" -> hashesAfter(p, variant, 2 * ResourceAdvertisement.HASHES - 1);
            case "serve_all" -> serveAll(p, variant);
            case "duplicate" -> duplicate(p, variant);
            default -> throw new IllegalArgumentException("unknown variant " + variant);
        };
    }

    /** A receiver that says it knows the hashes up to a part. */
    private Map<String, Object> hashesAfter(Parameters p, String variant, int part) {
        Pair pair = new Pair(p, mtuFor(p, TINY_PART), MANY_PARTS);
        int before = pair.sender.firstKept();
        pair.from.deliver(
                PacketContext.RESOURCE_REQUEST,
                new PartRequest(pair.sender.hash(), true, pair.sender.partHash(part), new int[0]).encode());
        return Answer.with("variant", variant)
                .and("cancelled", pair.sent.status() == ResourceTransfer.Status.FAILED)
                .and("status", pair.sent.status().ordinal())
                .and("status_name", pair.sent.status().name())
                .and("part_index", part + 1)
                .and("window_max", ResourceLab.sending("KEPT_HASHES"))
                .and("scope_before", before)
                .and("scope_after", pair.sender.firstKept())
                .map();
    }

    private static byte[] requestForAll(SenderPeek sender) {
        int[] all = new int[sender.parts()];
        for (int part = 0; part < all.length; part++) {
            all[part] = sender.partHash(part);
        }
        return new PartRequest(sender.hash(), false, 0, all).encode();
    }

    private Map<String, Object> serveAll(Parameters p, String variant) {
        Pair pair = new Pair(p, SMALL_MTU, SEVERAL_PARTS);
        pair.from.deliver(PacketContext.RESOURCE_REQUEST, requestForAll(pair.sender));
        List<byte[]> served = pair.from.take(PacketContext.RESOURCE);
        String status = pair.sender.status();
        pair.from.deliver(PacketContext.RESOURCE_REQUEST, requestForAll(pair.sender));
        List<byte[]> again = pair.from.take(PacketContext.RESOURCE);
        boolean same = served.size() == again.size();
        List<Integer> indices = new ArrayList<>();
        for (int i = 0; i < served.size(); i++) {
            same = same && Arrays.equals(served.get(i), again.get(i));
            indices.add(indexOf(pair.sender, served.get(i)));
        }
        return Answer.with("variant", variant)
                .and("served_indices", indices)
                .and("sent_parts", pair.sender.sentParts())
                .and("total_parts", pair.sender.parts())
                .and("identical_on_resend", same)
                .and("status_name", status)
                .map();
    }

    private static int indexOf(SenderPeek sender, byte[] served) {
        for (int part = 0; part < sender.parts(); part++) {
            if (Arrays.equals(sender.part(part), served)) {
                return part;
            }
        }
        return -1;
    }

    /** The same packet twice. */
    private Map<String, Object> duplicate(Parameters p, String variant) {
        Pair pair = new Pair(p, SMALL_MTU, SEVERAL_PARTS);
        byte[] packet = pair.from.sealed(PacketContext.RESOURCE_REQUEST, requestForAll(pair.sender));
        pair.from.deliver(packet);
        int first = pair.from.take(PacketContext.RESOURCE).size();
        int seen = pair.sender.seenRequests();
        pair.from.deliver(packet);
        int second = first + pair.from.take(PacketContext.RESOURCE).size();
        return Answer.with("variant", variant)
                .and("total_parts", pair.sender.parts())
                .and("first_served", first)
                .and("second_served", second)
                .and("first_in_hashlist", seen == 1)
                .and("req_hashlist_len", pair.sender.seenRequests())
                .and("deduped", second == first)
                .map();
    }

    // ---- what a receiver takes ----

    private Map<String, Object> part(Parameters p) {
        String variant = p.text("variant");
        Pair pair = new Pair(p, SMALL_MTU, 20_000).accepted();
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

    /** The offer names another hash of the whole than its parts make. */
    private Map<String, Object> assembled(Parameters p) {
        boolean corrupt = p.text("variant").equals("corrupt");
        Pair pair = new Pair(p, SMALL_MTU, SEVERAL_PARTS);
        pair.to.deliver(PacketContext.RESOURCE_ADVERTISEMENT, (corrupt ? withHash(pair.offer) : pair.offer).encode());
        for (int part = 0; part < pair.sender.parts(); part++) {
            pair.part(part);
        }
        ResourceTransfer.Status status = pair.to.started().get(0).status();
        int proofs = pair.to.take(PacketContext.RESOURCE_PROOF).size();
        return Answer.with("variant", p.text("variant"))
                .and("status", status.ordinal())
                .and("status_name", status.name())
                .and("complete", status == ResourceTransfer.Status.COMPLETE)
                .and("corrupt", status == ResourceTransfer.Status.CORRUPT)
                .and("proof_sent", proofs > 0)
                .and("proof_calls", proofs)
                .and("total_parts", pair.sender.parts())
                .map();
    }

    private static ResourceAdvertisement withHash(ResourceAdvertisement offer) {
        byte[] other = RandomSource.secure().bytes(offer.hash().length);
        return copy(offer, other, offer.parts());
    }

    private static ResourceAdvertisement copy(ResourceAdvertisement offer, byte[] hash, long parts) {
        return new ResourceAdvertisement(
                offer.streamBytes(),
                offer.totalBytes(),
                parts,
                hash,
                offer.random(),
                hash,
                offer.segment(),
                offer.segments(),
                offer.requestId().orElse(null),
                offer.flags(),
                offer.partHashes());
    }

    private Map<String, Object> twice(Parameters p) {
        Pair pair = new Pair(p, SMALL_MTU, SEVERAL_PARTS).accepted();
        int first = pair.to.receiving();
        pair.accepted();
        return Answer.with("first_accepted", first == 1)
                .and(
                        "second_created",
                        pair.to.receiving() > first || pair.to.started().size() > 1)
                .and("incoming_count", pair.to.receiving())
                .and("incoming_count_after_first", first)
                .map();
    }

    private Map<String, Object> malformed(Parameters p) {
        Pair pair = new Pair(p, SMALL_MTU, SEVERAL_PARTS);
        byte[] plaintext;
        if (p.text("variant").equals("garbage")) {
            plaintext = new byte[] {(byte) 0xc1, 1, 2, 3};
        } else {
            Map<Object, Object> members = new LinkedHashMap<>((Map<?, ?>) MessagePack.unpack(pair.offer.encode()));
            members.remove("h");
            plaintext = MessagePack.pack(members);
        }
        boolean crashed = false;
        try {
            pair.to.deliver(PacketContext.RESOURCE_ADVERTISEMENT, plaintext);
        } catch (RuntimeException e) {
            crashed = true;
        }
        return Answer.with("variant", p.text("variant"))
                .and(
                        "inbound_started",
                        pair.to.receiving() > 0 || !pair.to.started().isEmpty())
                .and("crashed", crashed)
                .and("link_given_up", pair.to.aborted().isPresent())
                .map();
    }

    /** Offers to the live link, as its own end judges them. */
    private Map<String, Object> flags(Parameters p) {
        WireNode node = nodes.of(p);
        WireLink wired = node.link(p);
        String variant = p.text("variant");
        boolean all = variant.equals("plain_accept_all");
        ResourceAdvertisement plain = new Pair(p, wired.link.mtu(), SEVERAL_PARTS).offer;
        ResourceAdvertisement offer = switch (variant) {
            case "request_autoaccept" -> belonging(plain, ResourceAdvertisement.REQUEST);
            case "response_no_pending_request" -> belonging(plain, ResourceAdvertisement.RESPONSE);
            default -> plain;
        };
        if (wired.link.isInitiator()) {
            wired.link.onRequest("/flags", LocalDestination.Access.EVERYBODY, Set.of(), question -> null);
        }
        wired.link.acceptResources(shown -> all ? Link.Decision.ACCEPT : Link.Decision.IGNORE);
        node.node
                .tap()
                .deliver(wired.inbound(wired.wire()
                        .sealed(PacketContext.RESOURCE_ADVERTISEMENT, offer.encode())
                        .orElseThrow()));
        boolean accepted = Until.holds(
                A_MOMENT,
                () -> wired.sent().stream()
                        .filter(seen -> seen.context() == PacketContext.RESOURCE_REQUEST)
                        .flatMap(seen -> seen.plaintext().stream())
                        .anyMatch(
                                asked -> Arrays.equals(PartRequest.decode(asked).segmentHash(), offer.hash())));
        return Answer.with("variant", variant)
                .and("accepted", accepted)
                .and("strategy", all ? 2 : 0)
                .map();
    }

    private static ResourceAdvertisement belonging(ResourceAdvertisement offer, int flag) {
        return new ResourceAdvertisement(
                offer.streamBytes(),
                offer.totalBytes(),
                offer.parts(),
                offer.hash(),
                offer.random(),
                offer.firstHash(),
                offer.segment(),
                offer.segments(),
                RandomSource.secure().bytes(DestinationHash.LENGTH),
                offer.flags() | flag,
                offer.partHashes());
    }

    /** A receiver takes more hashes only when it has asked for them, so parts come first until it does. */
    private Map<String, Object> update(Parameters p) {
        Pair pair = new Pair(p, mtuFor(p, TINY_PART), MANY_PARTS).accepted();
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
        Pair pair = new Pair(p, SMALL_MTU, SEVERAL_PARTS).accepted();
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
        Pair pair = new Pair(p, SMALL_MTU, SEVERAL_PARTS).accepted();
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
        Pair pair = new Pair(p, exhausted ? mtuFor(p, TINY_PART) : SMALL_MTU, 8000).accepted();
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
        Pair pair = new Pair(p, mtuFor(p, TINY_PART), MANY_PARTS).accepted();
        ReceiverPeek receiver = pair.to.receiver();
        int received = receiver.received();
        int height = receiver.knownHashes();
        pair.to.started().get(0).cancel();
        pair.part(0);
        pair.to.deliver(
                PacketContext.RESOURCE_HASHMAP_UPDATE,
                new HashmapUpdate(pair.sender.hash(), 1, pair.sender.block(1)).encode());
        Pair other = pair.more(p);
        int sent = other.sender.sentParts();
        other.sent.cancel();
        other.from.deliver(PacketContext.RESOURCE_REQUEST, requestForAll(other.sender));
        int sentAfter = other.sender.sentParts();
        other.from.deliver(ResourceProofCodec.packet(other.id(), other.sender.hash(), other.sender.proof()));
        Pair control = pair.more(p);
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

    private Map<String, Object> partCount(Parameters p) {
        Pair pair = new Pair(p, SMALL_MTU, SEVERAL_PARTS);
        ResourceAdvertisement lying = copy(pair.offer, pair.offer.hash(), pair.offer.parts() + 5);
        pair.to.deliver(PacketContext.RESOURCE_ADVERTISEMENT, lying.encode());
        int bytes = pair.offer.streamBytes();
        return Answer.with("sender_parts", pair.sender.parts())
                .and("adv_n_genuine", pair.offer.parts())
                .and("adv_n_tampered", lying.parts())
                .and("transfer_size", bytes)
                .and("receiver_sdu", pair.to.partBytes())
                .and("receiver_total_parts", pair.to.receiver().parts())
                .and("derived_expected", (bytes + pair.to.partBytes() - 1) / pair.to.partBytes())
                .map();
    }

    private Map<String, Object> inherited(Parameters p) {
        Pair pair = new Pair(p, SMALL_MTU, 12_000).accepted();
        ReceiverPeek receiver = pair.to.receiver();
        int parts = receiver.parts();
        for (int part = 0; part < parts; part++) {
            pair.part(part);
        }
        ResourceTransfer.Status status = pair.to.started().get(0).status();
        Pair second = pair.more(p);
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
        Pair pair = new Pair(p, SMALL_MTU, SEVERAL_PARTS).accepted();
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

    /** The random hash is drawn from a source that first gives one with which two parts get the same hash. */
    private Map<String, Object> collision(Parameters p) throws IOException {
        nodes.of(p).link(p);
        CollisionLab made = new CollisionLab();
        return Answer.with("remapped", made.draws() > 1)
                .and("random_hash_before", made.first())
                .and("random_hash_after", made.chosen())
                .and("hashmap_changed", !Arrays.equals(made.wouldBeOffered(), made.offered()))
                .and("num_parts", made.parts())
                .map();
    }

    private Map<String, Object> queue(Parameters p) {
        ResourceLab lab = lab(p, SMALL_MTU);
        boolean empty = !lab.isSending();
        ResourceTransfer first = lab.send(new byte[SEVERAL_PARTS], Optional.empty(), false);
        ResourceTransfer second = lab.send(new byte[SEVERAL_PARTS], Optional.empty(), false);
        return Answer.with("ready_empty", empty)
                .and("ready_with_one", !lab.isSending())
                .and("first_status", first.status().ordinal())
                .and("first_status_name", first.status().name())
                .and("second_status", second.status().ordinal())
                .and("second_status_name", second.status().name())
                .and("queued", second.status() == ResourceTransfer.Status.QUEUED)
                .map();
    }

    // ---- constants ----

    private static Map<String, Object> limits() {
        return Answer.with("max_decompressed_size", LinkSettings.DECOMPRESSED_BYTES)
                .and("auto_compress_limit", ResourceLab.making("LARGEST_COMPRESSED"))
                .and("constant", ResourceLab.making("LARGEST_COMPRESSED"))
                .map();
    }

    private static Map<String, Object> constants() {
        return Answer.with("WINDOW", ResourceLab.window("INITIAL"))
                .and("WINDOW_MIN", ResourceLab.smallestWindow())
                .and("WINDOW_MAX", ResourceLab.sending("KEPT_HASHES"))
                .and("MAPHASH_LEN", ResourceAdvertisement.PART_HASH)
                .and("RANDOM_HASH_SIZE", ResourceLab.making("PREFIX"))
                .and("HASHMAP_MAX_LEN", ResourceAdvertisement.HASHES)
                .and("COLLISION_GUARD_SIZE", ResourceLab.guarded())
                .and("MAX_EFFICIENT_SIZE", ResourceAdvertisement.SEGMENT)
                .and("METADATA_MAX_SIZE", ResourceLab.making("LONGEST_METADATA"))
                .and("MAX_RETRIES", ResourceLab.receiving("RETRIES"))
                .and("MAX_ADV_RETRIES", ResourceLab.sending("OFFERS"))
                .and("HASHMAP_IS_EXHAUSTED", Inside.constant(PartRequest.class, "EXHAUSTED"))
                .and("HASHMAP_IS_NOT_EXHAUSTED", (int) new PartRequest(new byte[32], false, 0, new int[0]).encode()[0])
                .and("WINDOW_MAX_SLOW", ResourceLab.window("SLOW_MAX"))
                .and("WINDOW_MAX_VERY_SLOW", ResourceLab.window("VERY_SLOW_MAX"))
                .and("WINDOW_MAX_FAST", ResourceLab.window("FAST_MAX"))
                .and("WINDOW_FLEXIBILITY", ResourceLab.window("FLEXIBILITY"))
                .and("FAST_RATE_THRESHOLD", ResourceLab.window("FAST_ROUNDS"))
                .and("VERY_SLOW_RATE_THRESHOLD", ResourceLab.window("VERY_SLOW_ROUNDS"))
                .and("RATE_FAST", ResourceLab.window("FAST"))
                .and("RATE_VERY_SLOW", ResourceLab.window("VERY_SLOW"))
                .and("PART_TIMEOUT_FACTOR", ResourceLab.receiving("FACTOR_BEFORE_RESPONSE"))
                .and("PART_TIMEOUT_FACTOR_AFTER_RTT", ResourceLab.receiving("FACTOR_AFTER_RESPONSE"))
                .and("AUTO_COMPRESS_MAX_SIZE", ResourceLab.making("LARGEST_COMPRESSED"))
                .map();
    }
}
