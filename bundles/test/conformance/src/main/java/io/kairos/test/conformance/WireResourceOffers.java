package io.kairos.test.conformance;

import io.kairos.api.link.Link;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.link.ResourceTransfer;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.PacketContext;
import io.kairos.core.link.RandomSource;
import io.kairos.lib.bytes.MessagePack;
import io.kairos.lib.wire.PartRequest;
import io.kairos.lib.wire.ResourceAdvertisement;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Resources on a bench: what a receiver makes of strange offers. */
final class WireResourceOffers implements Commands.Family {

    private static final Duration A_MOMENT = Duration.ofMillis(700);

    private final WireNodes nodes;
    private final WireBench bench;

    WireResourceOffers(WireNodes nodes) {
        this.nodes = nodes;
        bench = new WireBench(nodes);
    }

    @Override
    public void addTo(Commands commands) {
        commands.add("wire_inject_corrupt_assembled_resource", this::assembled)
                .add("wire_inject_duplicate_resource_adv", this::twice)
                .add("wire_inject_malformed_resource_adv", this::malformed)
                .add("wire_inject_resource_adv_flags", this::flags)
                .add("wire_resource_part_count_derivation", this::partCount);
    }

    /** The offer names another hash of the whole than its parts make. */
    private Map<String, Object> assembled(Parameters p) {
        boolean corrupt = p.text("variant").equals("corrupt");
        WireBench.Pair pair = bench.pair(p, WireBench.SMALL_MTU, WireBench.SEVERAL_PARTS);
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
        WireBench.Pair pair =
                bench.pair(p, WireBench.SMALL_MTU, WireBench.SEVERAL_PARTS).accepted();
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
        WireBench.Pair pair = bench.pair(p, WireBench.SMALL_MTU, WireBench.SEVERAL_PARTS);
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
        ResourceAdvertisement plain = bench.pair(p, wired.link.mtu(), WireBench.SEVERAL_PARTS).offer;
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

    private Map<String, Object> partCount(Parameters p) {
        WireBench.Pair pair = bench.pair(p, WireBench.SMALL_MTU, WireBench.SEVERAL_PARTS);
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
}
