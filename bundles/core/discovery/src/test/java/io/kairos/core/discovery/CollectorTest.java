package io.kairos.core.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.admin.DiscoveredInterfaces.Found;
import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.identity.KnownDestination;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import io.kairos.crypto.bouncycastle.Ed25519Signer;
import io.kairos.crypto.bouncycastle.X25519Agreement;
import io.kairos.crypto.reticulum.ReticulumSuite;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.discovery.Advertisement;
import io.kairos.lib.discovery.Discovered;
import io.kairos.lib.discovery.DiscoveryCheck;
import io.kairos.lib.discovery.Field;
import io.kairos.lib.discovery.Kind;
import io.kairos.lib.discovery.StampedCodec;
import io.kairos.lib.discovery.Stamps;
import io.kairos.test.kit.ManualClock;
import io.kairos.test.kit.MemoryStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CollectorTest {

    private static final CryptoSuite SUITE = new ReticulumSuite(new X25519Agreement(), new Ed25519Signer());
    private static final int COST = 4;
    private static final IdentityHash OWN = new IdentityHash(8, 8);

    private final Stamps stamps = new Stamps(SUITE);
    private final MemoryStore store = new MemoryStore();
    private final ManualClock clock = new ManualClock();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final Set<IdentityHash> refused = new HashSet<>();
    private final List<Discovered> news = new ArrayList<>();

    /** Instead of encryption. */
    private static byte[] turned(byte[] clear) {
        byte[] turned = clear.clone();
        for (int i = 0; i < turned.length; i++) {
            turned[i] ^= 0x55;
        }
        return turned;
    }

    private Collector collector(int required, Set<IdentityHash> sources) {
        Collector.Trust trust = new Collector.Trust(OWN, hidden -> Optional.of(turned(hidden)), refused::contains);
        return new Collector(
                new DiscoveryCheck(stamps, required, sources), sources, trust, store, clock, waiting::add, news::add);
    }

    private void work() {
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
    }

    private KnownDestination announce(String name) {
        return announce(name, false);
    }

    private KnownDestination announce(String name, boolean encrypted) {
        byte[] packed = Advertisement.of(
                        Kind.BACKBONE,
                        true,
                        name.equals("Own") ? OWN : new IdentityHash(1, 2),
                        Map.of(Field.NAME, name, Field.REACHABLE_ON, "192.0.2.10", Field.PORT, 4242L))
                .encode();
        byte[] workblock = stamps.workblock(StampedCodec.material(packed), StampedCodec.ROUNDS);
        Random random = new Random(5);
        byte[] stamp =
                Stamps.search(workblock, COST, random::nextBytes, () -> true).orElseThrow();
        byte[] keys = new byte[64];
        return new KnownDestination(
                new DestinationHash(9, 9),
                PublicIdentity.of(keys, Hashes.identity(keys)),
                Optional.of(
                        encrypted
                                ? StampedCodec.encode(packed, stamp, CollectorTest::turned)
                                : StampedCodec.encode(packed, stamp)),
                Optional.empty(),
                clock.wallMillis());
    }

    @Test
    void whatIsAnnouncedIsCollectedAndOutlivesARestart() {
        Collector first = collector(COST, Set.of());
        first.heard(announce("Hub"), 3, false);
        work();
        Found found = first.all().get(0);
        assertEquals("Hub", found.name());
        assertEquals("BackboneInterface", found.kind());
        assertEquals(Map.of("reachable_on", "192.0.2.10", "port", "4242"), found.details());
        assertEquals(3, found.hops());
        assertEquals("available", found.status());
        assertTrue(first.configEntry(found).orElseThrow().contains("remote = 192.0.2.10"));

        Collector second = collector(COST, Set.of());
        second.restore();
        assertEquals(first.all(), second.all());

        clock.advance(Duration.ofDays(2));
        assertEquals("unknown", second.all().get(0).status());
        clock.advance(Duration.ofDays(6));
        assertEquals(List.of(), second.all());
    }

    @Test
    void tooLittleWorkAndOtherSourcesAreDropped() {
        Collector demanding = collector(200, Set.of());
        demanding.heard(announce("Hub"), 1, false);
        work();
        assertEquals(List.of(), demanding.all());

        Collector choosy = collector(COST, Set.of(new IdentityHash(7, 7)));
        choosy.heard(announce("Hub"), 1, false);
        work();
        assertEquals(List.of(), choosy.all());
        assertEquals(0, store.writes());
    }

    @Test
    void whileOneIsCheckedOthersAreDropped() {
        Collector collector = collector(COST, Set.of());
        collector.heard(announce("One"), 1, false);
        collector.heard(announce("Two"), 1, false);
        assertEquals(1, waiting.size());
        work();
        collector.heard(announce("Two"), 1, false);
        work();
        assertEquals(2, collector.all().size());
    }

    @Test
    void nonsenseIsDroppedAlsoInTheStore() {
        store.write(Collector.DOCUMENT, new byte[] {1, 2, 3});
        Collector collector = collector(COST, Set.of());
        collector.restore();
        assertTrue(collector.all().isEmpty());
    }

    @Test
    void whatIsForTheNetworkOfThisNodeIsReadAlsoAfterARestart() {
        Collector first = collector(COST, Set.of());
        first.heard(announce("Hidden", true), 1, false);
        work();
        assertEquals("Hidden", first.all().get(0).name());
        assertEquals("Hidden", news.get(0).advertisement().name());

        Collector second = collector(COST, Set.of());
        second.restore();
        assertEquals("Hidden", second.available().get(0).advertisement().name());
    }

    @Test
    void interfacesOfThoseWhoAreRefusedAreNotShown() {
        Collector collector = collector(COST, Set.of());
        collector.heard(announce("Hub"), 1, false);
        work();
        refused.add(new IdentityHash(1, 2)); // the node
        assertEquals(List.of(), collector.all());
        refused.clear();
        refused.add(news.get(0).announcer());
        assertEquals(List.of(), collector.available());
        refused.clear();
        assertEquals(1, collector.all().size());
    }

    @Test
    void theNodesOwnInterfacesAreNotCollectedWhenTheirAnnounceComesBack() {
        Collector collector = collector(COST, Set.of());
        collector.heard(announce("Own"), 1, false);
        work();
        assertEquals(List.of(), collector.all());
        assertEquals(List.of(), news);
    }
}
