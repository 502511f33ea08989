package io.kairos.core.link.resource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.link.Link;
import io.kairos.api.link.Link.Decision;
import io.kairos.api.link.Link.ResourceOffer;
import io.kairos.api.link.Link.State;
import io.kairos.api.link.ResourceData;
import io.kairos.api.link.ResourceOptions;
import io.kairos.api.link.ResourceTransfer;
import io.kairos.api.link.ResourceTransfer.Status;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.transport.LinkBudget;
import io.kairos.core.link.TwoNodes;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.lib.wire.ResourceAdvertisement;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceTransferTest {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final LinkBudget SMALL = LinkBudget.plain(1_000_000, 500);
    private static final LinkBudget LARGE = LinkBudget.fixed(100_000_000, 8192);
    private static final ResourceOptions RAW = new ResourceOptions(Optional.empty(), false);

    @TempDir
    private Path folder;

    private TwoNodes nodes;
    private Link link;
    private final AtomicReference<ResourceTransfer> incoming = new AtomicReference<>();
    private final List<ResourceOffer> offers = new ArrayList<>();

    private void connect(LinkBudget budget, long seed, Decision decision) {
        nodes = new TwoNodes(folder, budget, seed);
        link = nodes.connect();
        nodes.accepted().acceptResources(offer -> {
            offers.add(offer);
            return decision;
        });
        nodes.accepted().onResource(incoming::set);
    }

    private ResourceTransfer transfer(byte[] data, ResourceOptions options) {
        ResourceTransfer sent = link.send(ResourceData.of(data), options);
        nodes.until(
                "the transfer ends",
                LONG,
                () -> sent.outcome().toCompletableFuture().isDone()
                        && (incoming.get() == null
                                || incoming.get()
                                        .outcome()
                                        .toCompletableFuture()
                                        .isDone()));
        return sent;
    }

    private byte[] received() throws IOException {
        try (InputStream in = incoming.get().data().orElseThrow().open(0)) {
            return in.readAllBytes();
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 459, 460, 461, 1024, 34_000, 36_000, 1_048_575, 1_048_576})
    void whatIsSentArrivesWhole(int length) throws IOException {
        connect(SMALL, 1, Decision.ACCEPT);
        byte[] data = random(length);

        ResourceTransfer sent = transfer(data, RAW);

        assertEquals(Status.COMPLETE, sent.status());
        assertEquals(1.0, sent.progress());
        assertEquals(Status.COMPLETE, incoming.get().status());
        assertArrayEquals(data, received());
        assertEquals(length, offers.get(0).size());
    }

    @Test
    void fiveMegabytesThatCannotBeCompressedArriveInSegments() throws IOException {
        connect(LARGE, 2, Decision.ACCEPT);
        byte[] data = random(5_000_000);

        assertEquals(Status.COMPLETE, transfer(data, ResourceOptions.DEFAULT).status());

        assertArrayEquals(data, received());
        assertEquals(1, offers.size(), "asked once, not for each segment");
    }

    /** Counts what has been read of it; the bytes themselves exist nowhere. */
    private static final class Endless implements ResourceData {

        private final long length;
        private long read;

        Endless(long length) {
            this.length = length;
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public InputStream open(long offset) {
            return new InputStream() {
                @Override
                public int read() {
                    return read < length ? (int) (mixed(read++) & 0xff) : -1;
                }

                @Override
                public int read(byte[] into, int from, int count) {
                    int given = (int) Math.min(count, length - read);
                    for (int i = 0; i < given; i++) {
                        into[from + i] = (byte) mixed(read + i);
                    }
                    read += given;
                    return given == 0 && count > 0 ? -1 : given;
                }
            };
        }

        private static long mixed(long index) {
            return (index * 0x9e3779b97f4a7c15L) >>> 56;
        }
    }

    @Test
    void neverMoreThanTwoSegmentsOfALongResourceAreHeld() {
        connect(LinkBudget.fixed(1_000_000_000, 65_536), 15, Decision.ACCEPT);
        Endless data = new Endless(20L * ResourceAdvertisement.SEGMENT);
        long whole = nodes.left.endpoints.sendBudget().freeBytes();
        AtomicLong mostAhead = new AtomicLong();
        AtomicLong mostTaken = new AtomicLong();

        ResourceTransfer sent = link.send(data, RAW);
        nodes.until("it ends", LONG, () -> {
            long acknowledged =
                    (long) (sent.progress() * 20) * ResourceAdvertisement.SEGMENT; // those before the current one
            mostAhead.accumulateAndGet(data.read - acknowledged, Math::max);
            mostTaken.accumulateAndGet(whole - nodes.left.endpoints.sendBudget().freeBytes(), Math::max);
            return sent.outcome().toCompletableFuture().isDone();
        });

        assertEquals(Status.COMPLETE, sent.status());
        assertTrue(mostAhead.get() <= 2L * ResourceAdvertisement.SEGMENT, "read ahead: " + mostAhead);
        assertTrue(mostTaken.get() <= 4L * ResourceAdvertisement.SEGMENT, "memory: " + mostTaken);
        assertEquals(whole, nodes.left.endpoints.sendBudget().freeBytes(), "everything is given back");
    }

    @Test
    void cancelledTransfersGiveTheirMemoryBack() {
        connect(LARGE, 16, Decision.ACCEPT);
        long whole = nodes.left.endpoints.sendBudget().freeBytes();
        nodes.line.delay(Duration.ofMillis(100));
        ResourceTransfer sent = link.send(new Endless(5_000_000), RAW);
        ResourceTransfer queued = link.send(new Endless(5_000_000), RAW);
        nodes.until("it is on its way", LONG, () -> sent.progress() > 0);

        sent.cancel();
        link.close();
        nodes.pass(Duration.ofSeconds(5));

        assertEquals(Status.FAILED, queued.status());
        assertEquals(whole, nodes.left.endpoints.sendBudget().freeBytes());
    }

    @Test
    void aBurstOfPartsIsFlushedInPiecesThatAnInterfaceCanQueue() {
        connect(LARGE, 17, Decision.ACCEPT);

        assertEquals(Status.COMPLETE, transfer(random(3_000_000), RAW).status());

        assertTrue(
                nodes.left.router.mostUnflushedBytes <= 65_536 + 8192,
                "unflushed: " + nodes.left.router.mostUnflushedBytes);
    }

    @Test
    void fiveMegabytesOfTextTravelCompressed() throws IOException {
        connect(LARGE, 3, Decision.ACCEPT);
        byte[] data = new byte[5_000_000];
        Arrays.fill(data, (byte) 'k');

        assertEquals(Status.COMPLETE, transfer(data, ResourceOptions.DEFAULT).status());

        assertArrayEquals(data, received());
        assertTrue(link.traffic().sentBytes() < 50_000, "sent " + link.traffic().sentBytes());
    }

    @Test
    void metadataArriveBesideTheData() throws IOException {
        connect(SMALL, 4, Decision.ACCEPT);
        byte[] data = random(3000);
        Map<String, Object> metadata = Map.of("name", "chart.png");

        transfer(data, new ResourceOptions(Optional.of(metadata), true));

        assertArrayEquals(data, received());
        assertEquals(Optional.of(metadata), incoming.get().metadata());
        assertTrue(offers.get(0).hasMetadata());
    }

    @Test
    void metadataMayFillTheFirstSegmentOfSeveral() throws IOException {
        connect(LARGE, 5, Decision.ACCEPT);
        byte[] data = random(1_048_600);

        transfer(data, new ResourceOptions(Optional.of("m".repeat(200_000)), true));

        assertArrayEquals(data, received());
        assertEquals(Optional.of("m".repeat(200_000)), incoming.get().metadata());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aLineThatLosesDoublesAndShufflesDeliversAllTheSame(long seed) throws IOException {
        connect(SMALL, seed, Decision.ACCEPT);
        nodes.line.loss(0.1).doubling(0.1).jitter(2);
        byte[] data = random(120_000);

        ResourceTransfer sent = transfer(data, RAW);

        assertEquals(Status.COMPLETE, sent.status(), "seed " + seed);
        assertArrayEquals(data, received());
    }

    /**
     * A peer under load: its link request took 10 ms, our answer to it seconds, so that our idea of the round trip is far
     * from its own; and our first request comes before it is ready to hear it.
     */
    @Test
    void aRequestThatTheSenderHasNotHeardIsRepeatedWhenItOffersAgain() throws IOException {
        nodes = new TwoNodes(folder, SMALL, 14);
        AtomicInteger requests = new AtomicInteger();
        nodes.line.fate(packet -> switch (PacketBytes.context(packet, 0)) {
            case PacketContext.LINK_RTT -> Optional.of(Duration.ofSeconds(4));
            case PacketContext.RESOURCE_REQUEST ->
                requests.getAndIncrement() == 0 ? Optional.empty() : Optional.of(Duration.ZERO);
            default -> Optional.of(Duration.ZERO);
        });
        link = nodes.connect();
        nodes.accepted().acceptResources(offer -> Decision.ACCEPT);
        nodes.accepted().onResource(incoming::set);
        byte[] data = random(100_000);

        ResourceTransfer sent = transfer(data, RAW);

        assertEquals(Status.COMPLETE, sent.status());
        assertArrayEquals(data, received());
    }

    @Test
    void refusingTellsTheSender() {
        connect(SMALL, 6, Decision.REJECT);

        assertEquals(Status.REJECTED, transfer(random(1000), RAW).status());
    }

    @Test
    void ignoringLetsTheSenderGiveUpByItself() {
        connect(SMALL, 7, Decision.IGNORE);

        assertEquals(Status.FAILED, transfer(random(1000), RAW).status());
        assertEquals(State.ACTIVE, link.state());
    }

    @Test
    void theSenderCanCancel() {
        connect(SMALL, 8, Decision.ACCEPT);
        nodes.line.delay(Duration.ofMillis(100));
        ResourceTransfer sent = link.send(ResourceData.of(random(100_000)), RAW);
        nodes.until(
                "parts arrive",
                LONG,
                () -> incoming.get() != null && incoming.get().progress() > 0.1);

        sent.cancel();
        nodes.pass(Duration.ofSeconds(1));

        assertEquals(Status.FAILED, sent.status());
        assertEquals(Status.FAILED, incoming.get().status());
        assertEquals(State.ACTIVE, link.state());
    }

    @Test
    void theReceiverCanCancel() {
        connect(SMALL, 9, Decision.ACCEPT);
        nodes.line.delay(Duration.ofMillis(100));
        ResourceTransfer sent = link.send(ResourceData.of(random(100_000)), RAW);
        nodes.until(
                "parts arrive",
                LONG,
                () -> incoming.get() != null && incoming.get().progress() > 0.1);

        incoming.get().cancel();
        nodes.pass(Duration.ofSeconds(1));

        assertEquals(Status.REJECTED, sent.status());
        assertEquals(Status.FAILED, incoming.get().status());
    }

    @Test
    void severalAreSentOneAfterTheOther() {
        connect(SMALL, 10, Decision.ACCEPT);
        List<ResourceTransfer> sent = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sent.add(link.send(ResourceData.of(random(5000 + i)), RAW));
        }

        assertEquals(Status.QUEUED, sent.get(4).status());
        nodes.until("all arrive", LONG, () -> sent.stream().allMatch(one -> one.status() == Status.COMPLETE));
    }

    @Test
    void whatNobodyKeepsIsDeletedWithTheLink() throws IOException {
        connect(LARGE, 11, Decision.ACCEPT);
        transfer(random(600_000), RAW);
        assertEquals(1, files());

        link.close();
        nodes.pass(Duration.ofSeconds(1));

        assertEquals(0, files());
    }

    @Test
    void aTransferEndsWithItsLink() {
        connect(SMALL, 12, Decision.ACCEPT);
        nodes.line.delay(Duration.ofMillis(100));
        ResourceTransfer sent = link.send(ResourceData.of(random(100_000)), RAW);
        nodes.until(
                "parts arrive",
                LONG,
                () -> incoming.get() != null && incoming.get().progress() > 0.1);

        nodes.accepted().close();
        nodes.pass(Duration.ofSeconds(1));

        assertEquals(Status.FAILED, sent.status());
        assertEquals(Status.FAILED, incoming.get().status());
    }

    @Test
    void progressIsReportedNowAndThenAndGrows() {
        connect(SMALL, 13, Decision.ACCEPT);
        nodes.line.delay(Duration.ofMillis(50));
        List<Double> reported = new ArrayList<>();
        ResourceTransfer sent = link.send(ResourceData.of(random(60_000)), RAW);
        sent.onProgress(transfer -> reported.add(transfer.progress()));

        nodes.until("it ends", LONG, () -> sent.status() == Status.COMPLETE);
        nodes.pass(Duration.ofSeconds(1));

        assertTrue(reported.size() > 3 && reported.size() < 60, "reports: " + reported.size());
        assertEquals(reported.stream().sorted().toList(), reported);
        assertEquals(1.0, reported.get(reported.size() - 1));
    }

    @Test
    void whoWantsToKnowIsToldOfEveryPart() {
        connect(SMALL, 13, Decision.ACCEPT);
        List<Double> reported = new ArrayList<>();
        nodes.accepted().onResource(transfer -> {
            incoming.set(transfer);
            transfer.onProgress(Duration.ZERO, seen -> reported.add(seen.progress()));
        });
        ResourceTransfer sent = link.send(ResourceData.of(random(4640)), RAW);

        nodes.until("it ends", LONG, () -> sent.status() == Status.COMPLETE);
        nodes.pass(Duration.ofSeconds(1));

        assertEquals(11, reported.size(), "one for each part, the last with the end");
        assertEquals(1.0, reported.get(reported.size() - 1));
    }

    private long files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.count();
        }
    }
}
