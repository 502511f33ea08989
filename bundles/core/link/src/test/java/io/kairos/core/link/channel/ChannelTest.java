package io.kairos.core.link.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.MeshException;
import io.kairos.api.link.Channel;
import io.kairos.api.link.Link;
import io.kairos.api.link.Link.State;
import io.kairos.api.link.StreamOutput;
import io.kairos.api.transport.LinkBudget;
import io.kairos.core.link.TwoNodes;
import io.kairos.core.link.resource.Bzip2;
import io.kairos.lib.wire.ChannelEnvelope;
import io.kairos.lib.wire.StreamMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelTest {

    private static final int TYPE = 0x101;
    private static final Duration LONG = Duration.ofMinutes(10);

    @TempDir
    private Path folder;

    private TwoNodes nodes;
    private Link link;

    private Channel connect(long seed) {
        nodes = new TwoNodes(folder, LinkBudget.plain(1_000_000, 500), seed);
        link = nodes.connect();
        return link.channel();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void messagesArriveInOrderOverALineThatLosesDoublesAndShuffles(long seed) {
        Channel channel = connect(seed);
        List<Integer> received = new ArrayList<>();
        nodes.accepted()
                .channel()
                .onMessage(
                        TYPE, message -> received.add(ByteBuffer.wrap(message).getInt()));
        nodes.line.loss(0.1).doubling(0.1).jitter(2);

        int sent = 0;
        while (received.size() < 300) {
            while (sent < 300 && channel.isReady()) {
                channel.send(TYPE, ByteBuffer.allocate(4).putInt(sent++).array());
            }
            nodes.pass(Duration.ofMillis(1));
            assertEquals(State.ACTIVE, link.state(), "seed " + seed + " after " + received.size());
        }

        assertEquals(IntStream.range(0, 300).boxed().toList(), received);
    }

    @Test
    void sendingCompletesWhenTheOtherEndHasProved() {
        Channel channel = connect(1);
        nodes.accepted().channel().onMessage(TYPE, message -> {});

        CompletableFuture<Void> done = channel.send(TYPE, new byte[1]).toCompletableFuture();
        assertFalse(done.isDone());
        nodes.pass(Duration.ofMillis(20));

        assertTrue(done.isDone());
    }

    @Test
    void aFullWindowRefusesUntilItIsReadyAgain() {
        Channel channel = connect(1);
        nodes.accepted().channel().onMessage(TYPE, message -> {});
        List<Boolean> told = new ArrayList<>();
        channel.onReady(() -> told.add(channel.isReady()));
        channel.send(TYPE, new byte[1]);
        channel.send(TYPE, new byte[1]);

        assertFalse(channel.isReady());
        assertThrows(MeshException.class, () -> channel.send(TYPE, new byte[1]));
        nodes.pass(Duration.ofMillis(20));

        assertTrue(told.contains(true));
    }

    @Test
    void aChannelThatNobodyOpensEndsTheLinkAfterFiveTries() {
        Channel channel = connect(1);

        CompletableFuture<Void> lost = channel.send(TYPE, new byte[1]).toCompletableFuture();
        nodes.until("given up", LONG, () -> link.state() == State.CLOSED);
        nodes.pass(Duration.ofSeconds(1));

        assertTrue(lost.isCompletedExceptionally());
    }

    @Test
    void messagesWaitForTheirHandler() {
        Channel channel = connect(1);
        Channel other = nodes.accepted().channel();
        channel.send(TYPE, new byte[] {1});
        nodes.pass(Duration.ofSeconds(1));
        List<byte[]> received = new ArrayList<>();

        other.onMessage(TYPE, received::add);
        nodes.pass(Duration.ofSeconds(1));

        assertEquals(1, received.size());
    }

    @Test
    void messagesThatComeWhileTheProgramHearsOfTheLinkAreNotLost() {
        nodes = new TwoNodes(folder, LinkBudget.plain(1_000_000, 500), 1);
        List<byte[]> received = new ArrayList<>();
        nodes.destination.onLink(accepted -> accepted.channel().onMessage(TYPE, received::add));
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        nodes.left
                .endpoints
                .connect(nodes.destination.address())
                .thenAccept(opened ->
                        sent.add(opened.channel().send(TYPE, new byte[] {1}).toCompletableFuture()));

        nodes.until("it was sent", Duration.ofSeconds(1), () -> !sent.isEmpty());
        nodes.pass(Duration.ofMillis(20));

        assertEquals(1, received.size());
        assertTrue(sent.get(0).isDone(), "proved without another try");
    }

    @Test
    void aClosedChannelLetsGoOfItsHandlersAfterTheyHaveSeenEverything() {
        Channel channel = connect(1);
        LinkChannel other = (LinkChannel) nodes.accepted().channel();
        List<byte[]> received = new ArrayList<>();
        other.onMessage(TYPE, received::add);
        channel.send(TYPE, new byte[] {1});
        nodes.pass(Duration.ofSeconds(1));

        other.close();
        nodes.pass(Duration.ofSeconds(1));
        channel.send(TYPE, new byte[] {2});
        nodes.pass(Duration.ofSeconds(1));

        assertEquals(1, received.size());
    }

    @Test
    void theLargestMessageFitsAndALargerOneIsRefused() {
        Channel channel = connect(1);
        List<byte[]> received = new ArrayList<>();
        nodes.accepted().channel().onMessage(TYPE, received::add);

        channel.send(TYPE, new byte[425]);
        nodes.pass(Duration.ofSeconds(1));

        assertEquals(425, channel.messageBytes());
        assertEquals(425, received.get(0).length);
        assertThrows(MeshException.class, () -> channel.send(TYPE, new byte[426]));
        assertThrows(MeshException.class, () -> channel.send(0xf000, new byte[1]));
    }

    @Test
    void handlersAreAskedInOrderUntilOneHasTakenTheMessage() {
        Channel channel = connect(1);
        Channel other = nodes.accepted().channel();
        List<Integer> asked = new ArrayList<>();
        other.addMessageHandler(TYPE, message -> {
            asked.add(1);
            throw new IllegalStateException("a program's mistake");
        });
        other.addMessageHandler(TYPE, message -> asked.add(2) && message[0] == 1);
        other.addMessageHandler(TYPE, message -> asked.add(3));

        channel.send(TYPE, new byte[] {1});
        nodes.pass(Duration.ofSeconds(1));
        channel.send(TYPE, new byte[] {2});
        nodes.pass(Duration.ofSeconds(1));

        assertEquals(List.of(1, 2, 1, 2, 3), asked);
        assertThrows(MeshException.class, () -> other.addMessageHandler(0xf000, message -> true));
        assertThrows(MeshException.class, () -> other.onMessage(-1, message -> {}));
    }

    @Test
    void theLastBytesOfAStreamCanBringItsEnd() throws Exception {
        Channel channel = connect(3);
        List<Integer> pieces = new ArrayList<>();
        nodes.accepted().channel().onStream(3, piece -> pieces.add(piece.length));
        StreamOutput out = channel.openOutput(3);
        byte[] data = new byte[500];
        new Random(1).nextBytes(data);

        out.finish(data);
        nodes.pass(Duration.ofSeconds(1));

        assertEquals(List.of(423, 77, 0), pieces);
        assertThrows(IOException.class, () -> out.write(1));
    }

    @Test
    void aPieceThatGrowsTooLargeEndsTheChannelAndGetsNoNumber() {
        LinkChannel channel = (LinkChannel) connect(1);
        LinkChannel other = (LinkChannel) nodes.accepted().channel();
        List<byte[]> pieces = new ArrayList<>();
        other.onStream(3, pieces::add);
        byte[] bomb = Bzip2.compress(new byte[StreamMessage.LARGEST_CHUNK + 1], 0, StreamMessage.LARGEST_CHUNK + 1);

        channel.sendAny(ChannelEnvelope.STREAM, new StreamMessage(3, false, true, bomb).encode());
        nodes.pass(Duration.ofSeconds(1));
        channel.sendAny(ChannelEnvelope.STREAM, new StreamMessage(3, true, false, new byte[1]).encode());
        nodes.pass(Duration.ofSeconds(1));

        assertTrue(pieces.isEmpty());
        assertFalse(other.isReady());
    }

    @Test
    void aStreamArrivesWholeAndEnds() throws Exception {
        Channel channel = connect(3);
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        List<Boolean> ended = new ArrayList<>();
        nodes.accepted().channel().onStream(3, piece -> {
            received.writeBytes(piece);
            if (piece.length == 0) {
                ended.add(true);
            }
        });
        nodes.line.loss(0.05);
        byte[] data = new byte[30_000];
        new Random(1).nextBytes(data);
        Arrays.fill(data, 10_000, 20_000, (byte) 'a');

        Thread writer = new Thread(() -> {
            try (OutputStream out = channel.openStream(3)) {
                out.write(data);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        writer.start();
        while (writer.isAlive()) {
            nodes.pass(Duration.ofMillis(1));
            writer.join(1);
        }
        nodes.until("the end arrives", LONG, () -> !ended.isEmpty());

        assertArrayEquals(data, received.toByteArray());
        assertEquals(1, ended.size());
    }
}
