package io.kairos.lib.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.MeshException;
import io.kairos.api.packet.IdentityHash;
import io.kairos.crypto.bouncycastle.Ed25519Signer;
import io.kairos.crypto.bouncycastle.X25519Agreement;
import io.kairos.crypto.reticulum.ReticulumSuite;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class DiscoveryCheckTest {

    private static final int COST = 6;
    private static final long NOW = 1_800_000_000_000L;
    private static final IdentityHash ANNOUNCER = new IdentityHash(1, 2);
    private static final Function<byte[], Optional<byte[]>> NO_NETWORK = body -> Optional.empty();

    private final Stamps stamps = new Stamps(new ReticulumSuite(new X25519Agreement(), new Ed25519Signer()));
    private final Random random = new Random(3);
    private final DiscoveryCheck check = new DiscoveryCheck(stamps, COST, Set.of());

    private static Advertisement server(String name) {
        return Advertisement.of(
                Kind.TCP_SERVER,
                true,
                ANNOUNCER,
                Map.of(Field.NAME, name, Field.REACHABLE_ON, "example.org", Field.PORT, 4242L));
    }

    private byte[] stamp(byte[] packed) {
        byte[] block = stamps.workblock(StampedCodec.material(packed), StampedCodec.ROUNDS);
        return Stamps.search(block, COST, random::nextBytes, () -> true).orElseThrow();
    }

    private Optional<Discovered> heard(DiscoveryCheck by, byte[] appData) {
        return by.check(ANNOUNCER, appData, NO_NETWORK, 2, NOW);
    }

    @Test
    void whatIsStampedIsHeardAndWhatIsTamperedWithIsNot() {
        byte[] packed = server("Hub").encode();
        byte[] appData = StampedCodec.encode(packed, stamp(packed));

        Discovered found = heard(check, appData).orElseThrow();
        assertEquals("Hub", found.advertisement().name());
        assertEquals(2, found.hops());
        assertTrue(found.value() >= COST);

        assertTrue(heard(new DiscoveryCheck(stamps, 30, Set.of()), appData).isEmpty(), "too cheap");
        assertTrue(heard(new DiscoveryCheck(stamps, COST, Set.of(new IdentityHash(9, 9))), appData)
                .isEmpty());
        assertTrue(heard(check, Arrays.copyOf(appData, 33)).isEmpty());
        assertTrue(heard(new DiscoveryCheck(stamps, 0, Set.of()), new byte[60]).isEmpty(), "no advertisement");
    }

    @Test
    void whatIsEncryptedIsForItsNetworkAlone() {
        byte[] packed = server("Hub").encode();
        byte[] appData = StampedCodec.encode(packed, stamp(packed), DiscoveryCheckTest::mirrored);

        assertTrue(heard(check, appData).isEmpty());
        assertTrue(check.check(ANNOUNCER, appData, body -> Optional.of(mirrored(body)), 2, NOW)
                .isPresent());
    }

    private static byte[] mirrored(byte[] bytes) {
        byte[] other = bytes.clone();
        for (int i = 0; i < other.length; i++) {
            other[i] ^= 0x55;
        }
        return other;
    }

    @Test
    void aSearchEndsWhenItIsTold() {
        assertTrue(Stamps.search(new byte[256], 200, random::nextBytes, () -> false)
                .isEmpty());
        assertThrows(IllegalArgumentException.class, () -> Stamps.search(new byte[1], 256, b -> {}, () -> true));
    }

    @Test
    void onlyWhatBelongsToTheKindIsTold() {
        Advertisement told =
                Advertisement.of(Kind.RNODE, false, ANNOUNCER, Map.of(Field.PORT, 1L, Field.FREQUENCY, 868_000_000L));

        assertTrue(told.number(Field.PORT).isEmpty());
        assertEquals(868_000_000L, told.number(Field.FREQUENCY).orElseThrow());
        assertFalse(told.forwards());
        assertEquals("Discovered RNodeInterface", told.name());
        assertEquals(Optional.of(Kind.KISS), Kind.announced("TCPClientInterface", true));
        assertEquals(Optional.empty(), Kind.announced("TCPClientInterface", false));
    }

    @Test
    void anAddressThatIsNoneIsRefused() {
        assertThrows(
                MeshException.class,
                () -> Advertisement.of(
                        Kind.TCP_SERVER, true, ANNOUNCER, Map.of(Field.REACHABLE_ON, "no host!", Field.PORT, 1L)));
    }

    @Test
    void interfacesFadeAwayInSilence() {
        DiscoveredBook book = new DiscoveredBook();
        book.heard(new Discovered(server("new"), ANNOUNCER, new byte[32], 5, 1, NOW));
        book.heard(new Discovered(server("new"), ANNOUNCER, new byte[32], 5, 1, NOW));
        book.heard(new Discovered(server("dear"), ANNOUNCER, new byte[32], 9, 1, NOW));
        book.heard(new Discovered(server("quiet"), ANNOUNCER, new byte[32], 50, 1, ago(30)));
        book.heard(new Discovered(server("stale"), ANNOUNCER, new byte[32], 60, 1, ago(80)));
        book.heard(new Discovered(server("gone"), ANNOUNCER, new byte[32], 70, 1, ago(200)));

        List<DiscoveredBook.Entry> listed = book.list(NOW, Set.of());
        assertEquals(
                List.of("dear AVAILABLE", "new AVAILABLE", "quiet UNKNOWN", "stale STALE"),
                listed.stream()
                        .map(entry -> entry.last().advertisement().name() + " " + entry.status())
                        .toList());
        assertEquals(1, listed.get(1).repetitions());
        assertEquals(List.of(), book.list(NOW, Set.of(new IdentityHash(7, 7))), "no longer trusted");
    }

    private static long ago(int hours) {
        return NOW - Duration.ofHours(hours).toMillis();
    }
}
