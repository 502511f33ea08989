package io.kairos.core.router.known;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.identity.KnownDestination;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.api.packet.DestinationHash;
import io.kairos.core.router.NodeTime;
import io.kairos.core.router.Refusals;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.wire.AnnounceCodec;
import io.kairos.test.kit.ManualClock;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KnownBookTest {

    private static final DestinationHash SOMEBODY = DestinationHash.parse("00112233445566778899aabbccddeeff");

    private final ManualClock clock = new ManualClock();
    private final KnownBook book = new KnownBook(
            new NodeTime(clock),
            2,
            new Blackhole(clock, identity -> {}, () -> {}),
            destination -> false,
            new Random(1),
            new Refusals());

    @Test
    void whatWasLearntIsRecalledWithItsApplicationDataAndRatchet() {
        byte[] ratchet = new byte[32];
        ratchet[0] = 9;
        assertTrue(book.learn(told(SOMEBODY, Optional.of(new byte[] {1, 2}), Optional.of(ratchet)), false));

        KnownDestination known = book.recall(SOMEBODY).orElseThrow();

        assertArrayEquals(new byte[] {1, 2}, known.appData().orElseThrow());
        assertArrayEquals(ratchet, known.ratchet().orElseThrow());
        assertArrayEquals(new byte[64], known.identity().toBytes());
        assertEquals(clock.wallMillis() - 1000, known.heardMillis());
    }

    @Test
    void anAnnounceWithARatchetAlwaysHasApplicationDataIfOnlyNone() {
        store(SOMEBODY, false);
        store(hash(1), true);

        assertTrue(book.peek(SOMEBODY).orElseThrow().appData().isEmpty());
        assertArrayEquals(
                new byte[0], book.peek(hash(1)).orElseThrow().appData().orElseThrow());
    }

    private void store(DestinationHash destination, boolean ratchet) {
        byte[] payload = new byte[AnnounceCodec.shortest(ratchet)];
        book.store(destination, Hashes.identity(new byte[64]), AnnounceCodec.decode(payload, ratchet));
    }

    @Test
    void whatIsKnownAlreadyStaysAndAFullBookTakesNoMore() {
        assertTrue(book.learn(told(SOMEBODY, Optional.empty(), Optional.empty()), false));
        assertFalse(book.learn(told(SOMEBODY, Optional.of(new byte[1]), Optional.empty()), false));
        assertTrue(book.peek(SOMEBODY).orElseThrow().appData().isEmpty());

        assertTrue(book.learn(told(hash(1), Optional.empty(), Optional.empty()), false));
        assertFalse(book.learn(told(hash(2), Optional.empty(), Optional.empty()), false));
    }

    @Test
    void onlyWhatIsKeptForGoodOutlivesLongDisuse() {
        book.learn(told(SOMEBODY, Optional.empty(), Optional.empty()), true);
        book.learn(told(hash(1), Optional.empty(), Optional.empty()), false);

        clock.advance(Duration.ofDays(1));
        book.clean();
        assertEquals(2, book.size());

        clock.advance(Duration.ofDays(9));
        book.clean();
        assertTrue(book.peek(SOMEBODY).isPresent());
        assertTrue(book.peek(hash(1)).isEmpty());
    }

    private KnownDestination told(DestinationHash destination, Optional<byte[]> appData, Optional<byte[]> ratchet) {
        byte[] keys = new byte[64];
        return new KnownDestination(
                destination,
                PublicIdentity.of(keys, Hashes.identity(keys)),
                appData,
                ratchet,
                clock.wallMillis() - 1000);
    }

    private static DestinationHash hash(int number) {
        return new DestinationHash(number, number);
    }
}
