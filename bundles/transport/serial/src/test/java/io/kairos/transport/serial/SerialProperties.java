package io.kairos.transport.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.lib.framing.FrameDecoder;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class SerialProperties {

    private static final int LONGEST = 572;

    @Property(tries = 300)
    void whatIsFramedComesOutBehindAnyNoiseOnceTheLineWasSilent(
            @ForAll byte[] noise, @ForAll @Size(min = 1, max = 572) byte[] packet) {
        for (Framing framing : framings()) {
            List<String> packets = new ArrayList<>();
            FrameDecoder decoder = framing.decoder();
            feed(framing, decoder, ByteBuffer.wrap(noise.clone()), new ArrayList<>());
            decoder.reset();
            feed(framing, decoder, framing.frame(ByteBuffer.wrap(packet)), packets);

            assertEquals(List.of(HexFormat.of().formatHex(packet)), packets);
        }
    }

    @Property(tries = 300)
    void noBytesCauseAnythingButPacketsThatAreNotTooLong(@ForAll byte[] noise) {
        for (Framing framing : framings()) {
            List<String> packets = new ArrayList<>();
            feed(framing, framing.decoder(), ByteBuffer.wrap(noise.clone()), packets);

            assertTrue(packets.stream().allMatch(packet -> packet.length() <= 2 * LONGEST));
        }
    }

    private static List<Framing> framings() {
        return List.of(
                new HdlcFraming(LONGEST),
                new KissFraming(LONGEST, tnc(Optional.empty()), () -> {}),
                new KissFraming(LONGEST, tnc(Optional.of(new Ax25Header("N0CALL", 3))), () -> {}));
    }

    private static Tnc tnc(Optional<Ax25Header> station) {
        return new Tnc(Duration.ZERO, Duration.ZERO, 0, Duration.ZERO, false, Optional.empty(), station);
    }

    private static void feed(Framing framing, FrameDecoder decoder, ByteBuffer in, List<String> packets) {
        decoder.feed(
                in,
                content -> framing.unwrap(content, packet -> {
                    byte[] copy = new byte[packet.remaining()];
                    packet.get(copy);
                    packets.add(HexFormat.of().formatHex(copy));
                }));
    }
}
