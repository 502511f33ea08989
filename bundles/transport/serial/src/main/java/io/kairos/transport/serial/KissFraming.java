package io.kairos.transport.serial;

import io.kairos.lib.framing.FrameDecoder;
import io.kairos.lib.framing.FrameSink;
import io.kairos.lib.framing.Kiss;
import io.kairos.lib.framing.KissDecoder;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * What a modem of packet radio speaks: {@code C0 00}, the packet with {@code DB DC} for {@code C0} and {@code DB DD} for
 * {@code DB}, {@code C0}. With a station, the packet has an AX.25 header; of those that come only the sender is read, to be
 * counted.
 *
 * @param longest most bytes of a packet with its access code
 * @param ready told when the modem is ready for the next packet
 */
record KissFraming(int longest, Tnc tnc, Runnable ready) implements Framing {

    @Override
    public ByteBuffer frame(ByteBuffer packet) {
        int header = header();
        ByteBuffer content = packet;
        if (header > 0) {
            content = ByteBuffer.allocate(header + packet.remaining());
            tnc.station().orElseThrow().write(content);
            content.put(packet.duplicate()).flip();
        }
        ByteBuffer frame = ByteBuffer.allocate(Kiss.maximumFrameBytes(content.remaining()));
        Kiss.encode(content, frame);
        return frame.flip();
    }

    @Override
    public FrameDecoder decoder() {
        return new KissDecoder(longest + header(), (command, first) -> {
            if (command == Tnc.READY) {
                ready.run();
            }
        });
    }

    @Override
    public List<ByteBuffer> greeting() {
        return tnc.commands();
    }

    @Override
    public boolean unwrap(ByteBuffer content, FrameSink sink) {
        int header = header();
        if (content.remaining() <= header) {
            return false;
        }
        sink.packet(content.position(content.position() + header));
        return true;
    }

    @Override
    public Optional<String> sender(ByteBuffer content) {
        return header() == 0 || content.remaining() < Ax25Header.BYTES ? Optional.empty() : Ax25Header.sender(content);
    }

    private int header() {
        return tnc.station().isPresent() ? Ax25Header.BYTES : 0;
    }
}
