package io.kairos.test.conformance;

import io.kairos.lib.framing.FrameDecoder;
import io.kairos.lib.framing.Hdlc;
import io.kairos.lib.framing.HdlcStreamDecoder;
import io.kairos.lib.framing.Kiss;
import io.kairos.lib.framing.KissDecoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Frames on streams. */
final class FramingCommands implements Commands.Family {

    private static final int LARGEST = 262_144;

    @Override
    public void addTo(Commands commands) {
        commands.add("hdlc_frame", p -> Answer.of("framed", hdlc(p.bytes("data"))))
                .add("hdlc_escape", p -> {
                    byte[] framed = hdlc(p.bytes("data"));
                    return Answer.of("escaped", Arrays.copyOfRange(framed, 1, framed.length - 1));
                })
                .add("kiss_frame", p -> {
                    byte[] data = p.bytes("data");
                    ByteBuffer out = ByteBuffer.allocate(Kiss.maximumFrameBytes(data.length));
                    Kiss.encode(ByteBuffer.wrap(data), out);
                    return Answer.of("framed", Arrays.copyOf(out.array(), out.position()));
                })
                .add("hdlc_deframe", p -> Answer.of("data", only(new HdlcStreamDecoder(1, LARGEST), p.bytes("framed"))))
                .add("kiss_deframe", p -> Answer.of("data", only(new KissDecoder(LARGEST), p.bytes("framed"))))
                .add("hdlc_deframe_stream", p -> {
                    int most = (int) p.number("hw_mtu", LARGEST);
                    return Answer.of("frames", all(HdlcStreamDecoder.forInterface(most), p.bytes("stream")));
                })
                .add(
                        "kiss_deframe_stream",
                        p -> Answer.of(
                                "frames", all(new KissDecoder((int) p.number("hw_mtu", LARGEST)), p.bytes("stream"))));
    }

    private static byte[] hdlc(byte[] data) {
        ByteBuffer out = ByteBuffer.allocate(Hdlc.maximumFrameBytes(data.length));
        Hdlc.encode(ByteBuffer.wrap(data), out);
        return Arrays.copyOf(out.array(), out.position());
    }

    private static List<byte[]> all(FrameDecoder decoder, byte[] stream) {
        List<byte[]> frames = new ArrayList<>();
        decoder.feed(ByteBuffer.wrap(stream), packet -> {
            byte[] copy = new byte[packet.remaining()];
            packet.get(copy);
            frames.add(copy);
        });
        return frames;
    }

    private static byte[] only(FrameDecoder decoder, byte[] framed) {
        List<byte[]> frames = all(decoder, framed);
        if (frames.isEmpty()) {
            throw new IllegalArgumentException("there is no frame in it");
        }
        return frames.get(0);
    }
}
