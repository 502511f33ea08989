package io.kairos.test.conformance;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.link.Channel;
import io.kairos.api.link.StreamOutput;
import io.kairos.api.packet.PacketContext;
import io.kairos.core.link.channel.ChannelPeek;
import io.kairos.core.link.life.LinkPeek;
import io.kairos.core.link.resource.Bzip2;
import io.kairos.lib.wire.ChannelEnvelope;
import io.kairos.lib.wire.StreamMessage;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Streams of bytes over channels. */
final class WireBuffers implements Commands.Family {

    private final WireNodes nodes;

    WireBuffers(WireNodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public void addTo(Commands commands) {
        commands.add("wire_buffer_pack", WireBuffers::pack)
                .add("wire_buffer_stream", this::stream)
                .add("wire_buffer_received", this::received);
    }

    private static Map<String, Object> pack(Parameters p) {
        try {
            Optional<byte[]> raw = p.optionalBytes("unpack_raw");
            if (raw.isPresent()) {
                StreamMessage message = StreamMessage.decode(raw.get());
                byte[] data = message.isCompressed()
                        ? Bzip2.decompress(message.data(), StreamMessage.LARGEST_CHUNK)
                        : message.data();
                return Answer.with("stream_id", message.streamId())
                        .and("eof", message.isEnd())
                        .and("compressed", message.isCompressed())
                        .and("data", data)
                        .map();
            }
            StreamMessage message = new StreamMessage(
                    (int) p.number("stream_id"),
                    p.flag("eof", false),
                    p.flag("compressed", false),
                    p.bytesOrNone("data"));
            return Answer.with("raw", message.encode())
                    .and("msgtype", ChannelEnvelope.STREAM)
                    .map();
        } catch (IllegalArgumentException | MalformedException | java.io.IOException e) {
            return Answer.of("error", String.valueOf(e.getMessage()));
        }
    }

    private Map<String, Object> stream(Parameters p) throws Exception {
        WireLink wired = nodes.of(p).link(p);
        Channel channel = WireChannels.channel(wired);
        ChannelPeek peek = new ChannelPeek(channel);
        int stream = (int) p.number("stream_id", 0);
        Duration patience = p.millis("timeout_ms", 30_000);
        int before = wired.sent().size();
        if (p.flag("bomb", false)) {
            return bomb(p, wired, channel, peek, stream, patience);
        }
        byte[] data = p.bytesOrNone("data");
        try (StreamOutput out = channel.openOutput(stream)) {
            if (p.flag("eof_with_data", false)) {
                out.finish(data);
            } else {
                out.write(data);
            }
        }
        Until.holds(patience, () -> peek.onTheirWay().isEmpty());
        List<Map<String, Object>> manifest = manifest(wired, before);
        return Answer.with("written", data.length)
                .and("eof", true)
                .and("manifest", manifest)
                .and("write_returns", writeReturns(wired, before))
                .and("max_data_len", StreamMessage.LARGEST_DATA)
                .and("max_chunk_len", StreamMessage.LARGEST_CHUNK)
                .and("compression_tries", ChannelPeek.compressionAttempts() + 1) // the suite counts where its loop ends
                .and("tx_ring_after", peek.onTheirWay().size())
                .map();
    }

    /** The stream messages that left, in order and each once. */
    private static List<StreamMessage> messages(WireLink wired, int before, List<Integer> sequences) {
        List<StreamMessage> messages = new ArrayList<>();
        wired.sent().stream()
                .skip(before)
                .filter(seen -> seen.context() == PacketContext.CHANNEL)
                .flatMap(seen -> seen.plaintext().stream())
                .map(ChannelEnvelope::decode)
                .filter(envelope ->
                        envelope.type() == ChannelEnvelope.STREAM && !sequences.contains(envelope.sequence()))
                .forEach(envelope -> {
                    sequences.add(envelope.sequence());
                    messages.add(StreamMessage.decode(envelope.message()));
                });
        return messages;
    }

    private static List<Map<String, Object>> manifest(WireLink wired, int before) {
        List<Integer> sequences = new ArrayList<>();
        List<StreamMessage> messages = messages(wired, before, sequences);
        List<Map<String, Object>> manifest = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            manifest.add(Answer.with("bytes", messages.get(i).data().length)
                    .and("compressed", messages.get(i).isCompressed())
                    .and("eof", messages.get(i).isEnd())
                    .and("sequence", sequences.get(i))
                    .map());
        }
        return manifest;
    }

    /** How many bytes of the stream each message stands for. */
    private static List<Integer> writeReturns(WireLink wired, int before) throws Exception {
        List<Integer> returns = new ArrayList<>();
        for (StreamMessage message : messages(wired, before, new ArrayList<>())) {
            int bytes = message.isCompressed()
                    ? Bzip2.decompress(message.data(), StreamMessage.LARGEST_CHUNK).length
                    : message.data().length;
            if (bytes > 0) {
                returns.add(bytes);
            }
        }
        return returns;
    }

    /** Plays the attacker: a small message that becomes large. */
    private static Map<String, Object> bomb(
            Parameters p, WireLink wired, Channel channel, ChannelPeek peek, int stream, Duration patience) {
        int size = (int) p.number("bomb_decompressed_len", 4L * StreamMessage.LARGEST_CHUNK);
        byte[] packed = Bzip2.compress(new byte[size], 0, size);
        Until.holds(patience, channel::isReady);
        int sequence = peek.nextToSend();
        peek.send(ChannelEnvelope.STREAM, new StreamMessage(stream, true, true, packed).encode());
        return Answer.with("written", 0)
                .and("eof", true)
                .and("bomb", true)
                .and("decompressed_len", size)
                .and("sequence", sequence)
                .and("manifest", List.of())
                .and("max_chunk_len", StreamMessage.LARGEST_CHUNK)
                .map();
    }

    private Map<String, Object> received(Parameters p) {
        WireListener listener = nodes.of(p).listener(p);
        int id = (int) p.number("stream_id", 0);
        WireListener.Stream stream = listener.streams.computeIfAbsent(id, key -> new WireListener.Stream());
        Until.holds(p.millis("timeout_ms", 30_000), () -> stream.ended || aborted(listener));
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (byte[] piece = stream.pieces.poll(); piece != null; piece = stream.pieces.poll()) {
            data.writeBytes(piece);
        }
        boolean aborted = aborted(listener);
        return Answer.with("data", data.toByteArray())
                .and("eof", stream.ended)
                .and("aborted", aborted)
                .and("error", aborted ? "the channel was closed: a stream with a hole is worth nothing" : null)
                .map();
    }

    /** Whether the product gave up the channel although the link goes on. */
    private static boolean aborted(WireListener listener) {
        return listener.links.stream()
                .filter(wired -> wired.link.state() == io.kairos.api.link.Link.State.ACTIVE)
                .flatMap(wired -> LinkPeek.channel(wired.link).stream())
                .anyMatch(channel -> new ChannelPeek(channel).isClosed());
    }
}
