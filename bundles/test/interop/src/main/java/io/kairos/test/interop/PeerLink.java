package io.kairos.test.interop;

import io.kairos.api.failure.MeshException;
import io.kairos.api.link.Channel;
import io.kairos.api.link.Link;
import io.kairos.api.link.ResourceTransfer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One link of this peer and what has arrived on it. An echoing one answers everything in kind. */
final class PeerLink {

    static final int ECHO_MESSAGE = 0x0101;
    /** Pairs of streams for one link: 2 n - 1 to the echoing end, 2 n from it; each is used once, for it ends. */
    static final int STREAMS = 4;

    /** Ends each stream; a reader of the reference is not told about the end in another way. */
    static final byte STREAM_END = 0x04;

    private static final byte[] HASH_ANSWER = "sha256:".getBytes(StandardCharsets.US_ASCII);
    private static final Duration ECHO_PATIENCE = Duration.ofSeconds(60);

    private final Link link;
    private final Executor executor;
    private final boolean echoes;
    private final Channel channel;
    private final BlockingQueue<byte[]> packets = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
    private final BlockingQueue<Map<String, Object>> resources = new LinkedBlockingQueue<>();

    private final List<EchoStream> streams = new ArrayList<>();

    PeerLink(Link link, Executor executor, boolean echoes) {
        this.link = link;
        this.executor = executor;
        this.echoes = echoes;
        this.channel = link.channel();
        channel.onMessage(ECHO_MESSAGE, this::messageArrived);
        for (int number = 1; number <= STREAMS; number++) {
            EchoStream stream = new EchoStream(number);
            streams.add(stream);
            channel.onStream(echoes ? stream.toEcho() : stream.fromEcho(), stream::arrived);
        }
        link.acceptResources(offer -> Link.Decision.ACCEPT);
        link.onResource(this::resourceStarted);
        link.onPacket(this::packetArrived);
    }

    Link link() {
        return link;
    }

    Channel channel() {
        return channel;
    }

    BlockingQueue<byte[]> packets() {
        return packets;
    }

    BlockingQueue<byte[]> messages() {
        return messages;
    }

    BlockingQueue<Map<String, Object>> resources() {
        return resources;
    }

    /** The hash in the answer of an echoing peer to a resource; empty for another packet. */
    static String hashAnswered(byte[] packet) {
        boolean answers = packet != null
                && packet.length == HASH_ANSWER.length + 32
                && ByteBuffer.wrap(packet, 0, HASH_ANSWER.length).equals(ByteBuffer.wrap(HASH_ANSWER));
        return answers ? Content.hex(Arrays.copyOfRange(packet, HASH_ANSWER.length, packet.length)) : "";
    }

    /** Sends a message as soon as the channel is ready. */
    void sendMessage(byte[] body, Duration patience) {
        boolean sent = Waiting.until(patience, () -> {
            if (!channel.isReady()) {
                return false;
            }
            try {
                channel.send(ECHO_MESSAGE, body);
                return true;
            } catch (MeshException e) {
                return false; // somebody else was faster and the window is full again; the patience bounds it
            }
        });
        if (!sent) {
            throw new IllegalStateException("the channel did not become ready");
        }
    }

    /** The pair of streams of this number, from 1 on. */
    EchoStream stream(int number) {
        return streams.get(number - 1);
    }

    private void packetArrived(byte[] data) {
        if (echoes) {
            executor.execute(() -> link.send(data));
        } else {
            packets.add(data);
        }
    }

    private void messageArrived(byte[] body) {
        if (echoes) {
            executor.execute(() -> sendMessage(body, ECHO_PATIENCE));
        } else {
            messages.add(body);
        }
    }

    private void resourceStarted(ResourceTransfer transfer) {
        transfer.outcome().thenAcceptAsync(status -> resourceEnded(transfer, status), executor);
    }

    private void resourceEnded(ResourceTransfer transfer, ResourceTransfer.Status status) {
        Map<String, Object> told = new HashMap<>();
        told.put("status", status.name());
        if (status == ResourceTransfer.Status.COMPLETE) {
            try {
                byte[] hash = Content.hash(transfer.data().orElseThrow().open(0));
                told.put("sha256", Content.hex(hash));
                told.put("size", transfer.data().orElseThrow().length());
                told.put("metadata", transfer.metadata().orElse(null));
                transfer.release();
                if (echoes) {
                    byte[] answer = Arrays.copyOf(HASH_ANSWER, HASH_ANSWER.length + 32);
                    System.arraycopy(hash, 0, answer, HASH_ANSWER.length, 32);
                    link.send(answer);
                }
            } catch (IOException e) {
                told.put("status", "UNREADABLE: " + e.getMessage());
            }
        }
        if (!echoes) {
            resources.add(told);
        }
    }

    /** A pair of streams and what has arrived on it. */
    final class EchoStream {

        private final int number;
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private final CountDownLatch ended = new CountDownLatch(1);

        private EchoStream(int number) {
            this.number = number;
        }

        private int toEcho() {
            return 2 * number - 1;
        }

        private int fromEcho() {
            return 2 * number;
        }

        /** Writes to the echoing end. */
        void write(byte[] bytes) {
            write(bytes, toEcho());
        }

        boolean awaitEnd(Duration atMost) throws InterruptedException {
            return ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        }

        synchronized byte[] received() {
            return received.toByteArray();
        }

        private synchronized void arrived(byte[] bytes) {
            received.writeBytes(bytes);
            if (bytes.length == 0 || bytes[bytes.length - 1] != STREAM_END) {
                return;
            }
            ended.countDown();
            if (echoes) {
                byte[] whole = received.toByteArray();
                executor.execute(() -> write(whole, fromEcho()));
            }
        }

        private void write(byte[] bytes, int streamId) {
            try (OutputStream out = channel.openStream(streamId)) {
                out.write(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
