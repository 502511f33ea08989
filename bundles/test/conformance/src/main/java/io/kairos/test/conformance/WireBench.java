package io.kairos.test.conformance;

import io.kairos.api.link.ResourceTransfer;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.packet.PacketType;
import io.kairos.core.link.RandomSource;
import io.kairos.core.link.resource.ResourceLab;
import io.kairos.core.link.resource.ResourceLab.SenderPeek;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.lib.wire.PartRequest;
import io.kairos.lib.wire.ResourceAdvertisement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Two benches for the resources of a link, and packets to hand from one to the other. */
final class WireBench {

    static final int SMALL_MTU = 500;
    static final int TINY_PART = 50;
    static final int SEVERAL_PARTS = 4000;
    static final int MANY_PARTS = 12_000;

    private final WireNodes nodes;

    WireBench(WireNodes nodes) {
        this.nodes = nodes;
    }

    ResourceLab lab(Parameters p, int mtu) {
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
    int mtuFor(Parameters p, int partBytes) {
        ResourceLab sample = lab(p, SMALL_MTU);
        return SMALL_MTU - sample.partBytes() + partBytes;
    }

    /** A sender that has offered so many bytes, and a receiver. */
    Pair pair(Parameters p, int mtu, int bytes) {
        return new Pair(p, mtu, bytes);
    }

    static byte[] requestForAll(SenderPeek sender) {
        int[] all = new int[sender.parts()];
        for (int part = 0; part < all.length; part++) {
            all[part] = sender.partHash(part);
        }
        return new PartRequest(sender.hash(), false, 0, all).encode();
    }

    /** A sender that has offered something incompressible and a receiver that has accepted it. */
    final class Pair {
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
}
