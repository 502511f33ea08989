package io.kairos.transport.rnode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.MeshException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class HostileProperties {

    @Property(tries = 300)
    void whatIsFramedIsReadAgainInPiecesOfAnySize(
            @ForAll @Size(min = 1, max = 508) byte[] packet, @ForAll @IntRange(min = 1, max = 40) int piece) {
        byte[] frame = Frames.packet(packet);
        CommandDecoder decoder = new CommandDecoder();
        List<byte[]> read = new ArrayList<>();
        for (int at = 0; at < frame.length; at += piece) {
            decoder.feed(ByteBuffer.wrap(frame, at, Math.min(piece, frame.length - at)), (command, payload) -> {
                byte[] copy = new byte[payload.remaining()];
                payload.get(copy);
                read.add(copy);
            });
        }

        assertEquals(1, read.size());
        assertTrue(Arrays.equals(packet, read.get(0)));
    }

    /** Bytes that look like frames more often than chance would have it. */
    @Provide
    Arbitrary<byte[]> frames() {
        Arbitrary<Byte> usual = Arbitraries.of(
                (byte) 0xc0,
                (byte) 0xc0,
                (byte) 0xdb,
                (byte) 0xdc,
                (byte) 0,
                (byte) 8,
                (byte) 0x1f,
                (byte) 0x25,
                (byte) 0x46,
                (byte) 0x50,
                (byte) 0x71,
                (byte) 0x90);
        return Arbitraries.oneOf(usual, Arbitraries.bytes()).array(byte[].class).ofMaxSize(600);
    }

    @Property(tries = 500)
    void noBytesOfADeviceCauseAnythingButARefusal(@ForAll("frames") byte[] noise, @ForAll boolean several) {
        RadioSettings radio = new RadioSettings(
                several ? 1 : 0, several ? "a" : "", new LoRa(868_000_000, 125_000, 8, 5), 7, true, 0, 1, true);
        MachineScene scene = new MachineScene(MachineScene.device(several, radio));
        scene.pass(Duration.ofSeconds(2));
        try {
            scene.decoder.feed(
                    ByteBuffer.wrap(noise), (command, payload) -> scene.machine.command(command, payload, scene.now));
            scene.pass(Duration.ofSeconds(3));
            scene.pass(Duration.ofSeconds(3));
        } catch (MeshException refused) {
            assertTrue(!refused.getMessage().isBlank() && !refused.remedy().isBlank());
        }
        assertTrue(scene.statistics.readings().size() < 60, "what a device tells does not grow");
    }

    @Property(tries = 200)
    void noStretchOfTimeHoldsMoreThanItsShare(
            @ForAll @Size(min = 1, max = 120) List<@IntRange(min = 1, max = 90_000) Integer> pauses,
            @ForAll @IntRange(min = 1, max = 50) int percent) {
        long window = Duration.ofHours(1).toNanos();
        long packet = Duration.ofSeconds(4).toNanos();
        AirtimeBudget budget = new AirtimeBudget(Duration.ofHours(1), percent / 100.0);
        List<Long> sent = new ArrayList<>();
        long now = 0;
        for (int pause : pauses) {
            now += pause * 1_000_000L;
            if (budget.nanosUntil(packet, now) == 0) {
                budget.use(packet, now);
                sent.add(now);
            }
        }

        long allowed = (long) (window * (percent / 100.0));
        for (long end : sent) {
            long from = end - window;
            long used = sent.stream().filter(at -> at > from && at <= end).count() * packet;
            assertTrue(used <= allowed, used + " of " + allowed);
        }
    }
}
