package io.kairos.test.conformance;

import io.kairos.api.link.ResourceTransfer;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.packet.PacketType;
import io.kairos.core.link.LinkSettings;
import io.kairos.core.link.RandomSource;
import io.kairos.core.link.resource.CollisionLab;
import io.kairos.core.link.resource.ResourceLab;
import io.kairos.core.link.resource.ResourceLab.SenderPeek;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.lib.wire.PartRequest;
import io.kairos.lib.wire.ResourceAdvertisement;
import io.kairos.lib.wire.ResourceProofCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Resources on a bench: what a sender makes and takes. */
final class WireResourceSenders implements Commands.Family {

    private final WireNodes nodes;
    private final WireBench bench;

    WireResourceSenders(WireNodes nodes) {
        this.nodes = nodes;
        bench = new WireBench(nodes);
    }

    @Override
    public void addTo(Commands commands) {
        commands.add("wire_resource_create", this::create)
                .add("wire_inject_crafted_resource_proof", this::proof)
                .add("wire_inject_crafted_resource_request", this::request)
                .add("wire_resource_force_collision", this::collision)
                .add("wire_resource_outgoing_queue_state", this::queue)
                .add("wire_resource_decompress_limit", p -> limits())
                .add("wire_resource_constants", p -> constants());
    }

    private Map<String, Object> create(Parameters p) {
        WireLink wired = nodes.of(p).link(p);
        int mtu = p.optionalNumber("force_sdu")
                .map(part -> bench.mtuFor(p, part.intValue()))
                .orElse(wired.link.mtu());
        ResourceLab lab = bench.lab(p, mtu);
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

    private Map<String, Object> proof(Parameters p) {
        WireBench.Pair pair = bench.pair(p, WireBench.SMALL_MTU, WireBench.SEVERAL_PARTS);
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
        WireBench.Pair pair = bench.pair(p, bench.mtuFor(p, WireBench.TINY_PART), WireBench.MANY_PARTS);
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

    private Map<String, Object> serveAll(Parameters p, String variant) {
        WireBench.Pair pair = bench.pair(p, WireBench.SMALL_MTU, WireBench.SEVERAL_PARTS);
        pair.from.deliver(PacketContext.RESOURCE_REQUEST, WireBench.requestForAll(pair.sender));
        List<byte[]> served = pair.from.take(PacketContext.RESOURCE);
        String status = pair.sender.status();
        pair.from.deliver(PacketContext.RESOURCE_REQUEST, WireBench.requestForAll(pair.sender));
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
        WireBench.Pair pair = bench.pair(p, WireBench.SMALL_MTU, WireBench.SEVERAL_PARTS);
        byte[] packet = pair.from.sealed(PacketContext.RESOURCE_REQUEST, WireBench.requestForAll(pair.sender));
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
        ResourceLab lab = bench.lab(p, WireBench.SMALL_MTU);
        boolean empty = !lab.isSending();
        ResourceTransfer first = lab.send(new byte[WireBench.SEVERAL_PARTS], Optional.empty(), false);
        ResourceTransfer second = lab.send(new byte[WireBench.SEVERAL_PARTS], Optional.empty(), false);
        return Answer.with("ready_empty", empty)
                .and("ready_with_one", !lab.isSending())
                .and("first_status", first.status().ordinal())
                .and("first_status_name", first.status().name())
                .and("second_status", second.status().ordinal())
                .and("second_status_name", second.status().name())
                .and("queued", second.status() == ResourceTransfer.Status.QUEUED)
                .map();
    }

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
