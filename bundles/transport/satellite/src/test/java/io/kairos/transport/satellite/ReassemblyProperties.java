package io.kairos.transport.satellite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ReassemblyProperties {

    private static final Duration PATIENCE = Duration.ofHours(12);

    @Property(tries = 200)
    void packetsComeOutOnceWhateverOrderAndHoweverOftenTheirMessagesCome(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 508) Integer> sizes,
            @ForAll @IntRange(min = 60, max = 340) int mostBytes,
            @ForAll long seed) {
        Random random = new Random(seed);
        List<byte[]> packets = new ArrayList<>();
        for (int size : sizes) {
            byte[] packet = new byte[size];
            random.nextBytes(packet);
            packets.add(packet);
        }
        List<byte[]> messages = messages(packets, mostBytes);
        messages.forEach(message -> assertTrue(message.length <= mostBytes));
        List<byte[]> onTheWay = new ArrayList<>(messages);
        onTheWay.addAll(messages.subList(0, messages.size() / 2));
        Collections.shuffle(onTheWay, random);

        Reassembly reassembly = new Reassembly(PATIENCE, 508);
        List<byte[]> came = new ArrayList<>();
        onTheWay.forEach(message -> came.addAll(reassembly.accept(message, 0)));

        came.sort(Arrays::compare);
        packets.sort(Arrays::compare);
        assertEquals(packets.size(), came.size());
        for (int i = 0; i < packets.size(); i++) {
            assertArrayEquals(packets.get(i), came.get(i));
        }
        assertEquals(0, reassembly.waiting());
        assertEquals(0, reassembly.takeMalformed());
    }

    @Property(tries = 300)
    void noMessageCausesAnythingButACount(@ForAll @Size(max = 400) byte[] noise, @ForAll boolean looksRight) {
        Reassembly reassembly = new Reassembly(PATIENCE, 508);
        if (looksRight && noise.length > 0) {
            noise[0] = Pieces.VERSION;
        }
        for (byte[] packet : reassembly.accept(noise, 0)) {
            assertTrue(packet.length > 0 && packet.length <= 508);
        }
    }

    @Test
    void whatWaitsForPiecesIsBoundedInNumberBytesAndTime() {
        Reassembly reassembly = new Reassembly(PATIENCE, 508);
        for (int i = 0; i < 500; i++) {
            Pieces pieces = new Pieces(i, 270);
            reassembly.accept(message(pieces, new byte[508]).orElseThrow(), i);
        }

        assertEquals(Reassembly.MOST_PARTIAL, reassembly.waiting());
        assertEquals(500 - Reassembly.MOST_PARTIAL, reassembly.givenUp());
        reassembly.expire(PATIENCE.toNanos() + 1_000);
        assertEquals(0, reassembly.waiting());
    }

    @Test
    void smallPacketsShareAMessage() {
        assertEquals(
                1,
                messages(List.of(new byte[80], new byte[80], new byte[80]), 270).size());
        assertEquals(2, messages(List.of(new byte[500]), 270).size());
        assertEquals(2, messages(List.of(new byte[270], new byte[200]), 270).size());
    }

    private static Optional<byte[]> message(Pieces pieces, byte[] packet) {
        ArrayDeque<byte[]> queue = new ArrayDeque<>(List.of(packet));
        return pieces.next(() -> Optional.ofNullable(queue.poll()));
    }

    private static List<byte[]> messages(List<byte[]> packets, int mostBytes) {
        Pieces pieces = new Pieces(42, mostBytes);
        ArrayDeque<byte[]> queue = new ArrayDeque<>(packets);
        List<byte[]> messages = new ArrayList<>();
        for (Optional<byte[]> next = pieces.next(() -> Optional.ofNullable(queue.poll()));
                next.isPresent();
                next = pieces.next(() -> Optional.ofNullable(queue.poll()))) {
            messages.add(next.get());
        }
        return messages;
    }
}
