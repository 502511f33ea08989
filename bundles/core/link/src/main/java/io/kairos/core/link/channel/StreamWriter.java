package io.kairos.core.link.channel;

import io.kairos.api.link.StreamOutput;
import io.kairos.core.link.resource.Bzip2;
import io.kairos.lib.wire.ChannelEnvelope;
import io.kairos.lib.wire.StreamMessage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;

/** Writes a byte stream to a channel, compressed where that helps. Blocks while the channel is not ready. One thread. */
final class StreamWriter extends StreamOutput {

    private static final int WORTH_COMPRESSING = 32;
    private static final int ATTEMPTS = 3;
    private static final byte[] NOTHING = {};

    private final LinkChannel channel;
    private final int streamId;
    private boolean closed;

    StreamWriter(LinkChannel channel, int streamId) {
        if (streamId < 0 || streamId > StreamMessage.LARGEST_ID) {
            throw new IllegalArgumentException("a stream id is 0 to 16383, got " + streamId);
        }
        this.channel = channel;
        this.streamId = streamId;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        requireOpen();
        int from = offset;
        while (from < offset + length) {
            Piece piece = piece(streamId, bytes, from, offset + length - from);
            send(piece.message());
            from += piece.consumed();
        }
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("the stream is closed");
        }
    }

    @Override
    public void finish(byte[] last) throws IOException {
        requireOpen();
        int from = 0;
        do {
            Piece piece = piece(streamId, last, from, last.length - from);
            from += piece.consumed();
            StreamMessage message = piece.message();
            boolean isLast = from == last.length;
            send(isLast ? new StreamMessage(streamId, true, message.isCompressed(), message.data()) : message);
        } while (from < last.length);
        closed = true;
    }

    /** The first message for these bytes and how many of them it takes. */
    static Piece piece(int streamId, byte[] bytes, int offset, int length) {
        int chunk = Math.min(length, StreamMessage.LARGEST_CHUNK);
        if (chunk > WORTH_COMPRESSING) {
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                int part = chunk / attempt;
                byte[] packed = Bzip2.compress(bytes, offset, part);
                if (packed.length < StreamMessage.LARGEST_DATA && packed.length < part) {
                    return new Piece(new StreamMessage(streamId, false, true, packed), part);
                }
            }
        }
        int raw = Math.min(chunk, StreamMessage.LARGEST_DATA);
        byte[] data = Arrays.copyOfRange(bytes, offset, offset + raw);
        return new Piece(new StreamMessage(streamId, false, false, data), raw);
    }

    private void send(StreamMessage message) throws IOException {
        while (channel.sendAny(ChannelEnvelope.STREAM, message.encode()).isEmpty()) {
            await(Duration.ofSeconds(60));
        }
    }

    private boolean await(Duration timeout) throws IOException {
        try {
            return channel.awaitReady(timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the channel was busy");
        }
    }

    /** Says that nothing follows, if the channel becomes ready in the time that its envelopes need. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        if (await(channel.timeToDrain().plusSeconds(1))) {
            channel.sendAny(ChannelEnvelope.STREAM, new StreamMessage(streamId, true, false, NOTHING).encode());
        }
    }

    /**
     * A message of a stream.
     *
     * @param message what is sent
     * @param consumed bytes of the stream that it stands for
     */
    record Piece(StreamMessage message, int consumed) {}
}
