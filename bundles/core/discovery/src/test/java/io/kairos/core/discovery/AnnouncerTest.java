package io.kairos.core.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.api.link.DestinationSettings;
import io.kairos.api.link.Endpoints;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.transport.MeshInterface;
import io.kairos.crypto.bouncycastle.Ed25519Signer;
import io.kairos.crypto.bouncycastle.X25519Agreement;
import io.kairos.crypto.reticulum.ReticulumSuite;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.discovery.Advertisement;
import io.kairos.lib.discovery.Discovered;
import io.kairos.lib.discovery.DiscoveryCheck;
import io.kairos.lib.discovery.Field;
import io.kairos.lib.discovery.Stamps;
import io.kairos.test.kit.ManualClock;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnnouncerTest {

    private static final CryptoSuite SUITE = new ReticulumSuite(new X25519Agreement(), new Ed25519Signer());

    private final ManualClock clock = new ManualClock();
    private final List<MeshInterface> interfaces = new ArrayList<>();
    private final List<DestinationSettings> opened = new ArrayList<>();
    private final List<byte[]> announced = new ArrayList<>();
    private int closed;
    private final Keys node = new Keys(1);
    private final Keys network = new Keys(2);

    private Announcer announcer(boolean ofNetwork) {
        return new Announcer(
                new Announcer.Node(
                        node,
                        ofNetwork ? Optional.of(network) : Optional.empty(),
                        () -> true,
                        () -> interfaces,
                        endpoints()),
                SUITE,
                new Random(3)::nextBytes,
                clock,
                clock);
    }

    private Endpoints endpoints() {
        return proxy(Endpoints.class, arguments -> {
            opened.add((DestinationSettings) arguments[0]);
            return proxy(LocalDestination.class, data -> {
                if (data == null) {
                    closed++;
                } else {
                    announced.add(
                            ((Optional<?>) data[0]).map(byte[].class::cast).orElseThrow());
                }
                return null;
            });
        });
    }

    private interface Call {
        Object with(Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> call.with(arguments)));
    }

    private FakeMedium discoverable(String name, String... settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "discoverable", "true",
                "discoverable.reachable.on", "hub.example.org",
                "discoverable.stamp.value", "4",
                "discoverable.interval.minutes", "30"));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        FakeMedium medium = new FakeMedium(name, all);
        interfaces.add(medium);
        return medium;
    }

    private void minutes(Announcer announcer, int count) {
        for (int i = 0; i < count; i++) {
            clock.advance(Announcer.PACE);
            announcer.announceNext();
        }
    }

    private Optional<Discovered> read(byte[] appData, Optional<Keys> with) {
        return new DiscoveryCheck(new Stamps(SUITE), 4, Set.of())
                .check(
                        node.hash(),
                        appData,
                        hidden -> with.flatMap(keys -> keys.decrypt(hidden, List.of(), false)),
                        1,
                        0);
    }

    @Test
    void aDiscoverableInterfaceIsAnnouncedSoThatOthersUnderstandIt() {
        discoverable("hub", "discoverable.name", "Hub", "discoverable.latitude.degrees", "51.5");
        minutes(announcer(false), 1);
        Advertisement told =
                read(announced.get(0), Optional.empty()).orElseThrow().advertisement();
        assertEquals("Hub", told.name());
        assertEquals("BackboneInterface", told.kind().word());
        assertEquals(Optional.of("hub.example.org"), told.text(Field.REACHABLE_ON));
        assertEquals(Optional.of(4242L), told.number(Field.PORT));
        assertEquals(Optional.of(51.5), told.number(Field.LATITUDE));
        assertEquals(node.hash(), told.node());
        assertTrue(told.forwards());
        assertEquals("rnstransport.discovery.interface", opened.get(0).fullName());
        assertEquals(node.hash(), opened.get(0).identity().orElseThrow().hash());
        assertFalse(opened.get(0).acceptsLinks());
    }

    @Test
    void oneAfterTheOtherAndAgainAfterItsInterval() {
        discoverable("a");
        discoverable("b", "discoverable.interval.minutes", "1"); // counts as five
        Announcer announcer = announcer(false);
        minutes(announcer, 1);
        assertEquals(1, announced.size());
        minutes(announcer, 1);
        assertEquals(2, announced.size());
        minutes(announcer, 4);
        assertEquals(2, announced.size());
        minutes(announcer, 2);
        assertEquals(3, announced.size());
        minutes(announcer, 60);
        assertEquals(2 + 1 + 2 + 60 / 5, announced.size(), 1);
        assertEquals(1, opened.size());
    }

    @Test
    void nothingIsAnnouncedOrOpenedUnasked() {
        interfaces.add(new FakeMedium("plain", Map.of()));
        discoverable("down").up = false;
        discoverable("nobody").offer = Optional.empty();
        discoverable("elsewhere", "network", "other");
        minutes(announcer(false), 10);
        assertEquals(List.of(), announced);
        assertEquals(List.of(), opened);
    }

    @Test
    void withoutAddressNothingIsAnnounced() {
        discoverable("hub", "discoverable.reachable.on", "");
        discoverable("wrong", "discoverable.reachable.on", "not an address");
        minutes(announcer(false), 5);
        assertEquals(List.of(), announced);
    }

    @Test
    void accessCodesAreToldOnlyWhereTheirOwnerWantsIt() {
        FakeMedium silent = discoverable("a", "access.network.name", "town", "access.passphrase", "secret");
        Announcer announcer = announcer(false);
        minutes(announcer, 1);
        interfaces.remove(silent);
        discoverable(
                "b",
                "access.network.name",
                "town",
                "access.passphrase",
                "secret",
                "discoverable.publish.access.code",
                "true");
        minutes(announcer, 1);
        Advertisement first =
                read(announced.get(0), Optional.empty()).orElseThrow().advertisement();
        assertEquals(Optional.empty(), first.text(Field.NETWORK_NAME));
        assertEquals(Optional.empty(), first.text(Field.PASSPHRASE));
        Advertisement second =
                read(announced.get(1), Optional.empty()).orElseThrow().advertisement();
        assertEquals(Optional.of("town"), second.text(Field.NETWORK_NAME));
        assertEquals(Optional.of("secret"), second.text(Field.PASSPHRASE));
    }

    @Test
    void anEncryptedAnnounceIsReadByTheNetworkAlone() {
        discoverable("hub", "discoverable.encrypt", "true");
        minutes(announcer(false), 3);
        assertEquals(List.of(), announced, "without a network nothing is announced");
        minutes(announcer(true), 1);
        assertEquals(Optional.empty(), read(announced.get(0), Optional.of(node)));
        assertEquals(
                "hub",
                read(announced.get(0), Optional.of(network))
                        .orElseThrow()
                        .advertisement()
                        .name());
        assertEquals(network.hash(), opened.get(0).identity().orElseThrow().hash());
    }

    @Test
    void theDestinationOfANetworkIsOpenOnlyWhileItsAnnounceLeaves() {
        discoverable("hub");
        minutes(announcer(false), 1);
        clock.advance(Duration.ofSeconds(30));
        assertEquals(0, closed, "the one of the node alone stays");
        minutes(announcer(true), 1);
        assertEquals(0, closed);
        clock.advance(Duration.ofSeconds(5));
        assertEquals(1, closed);
    }

    @Test
    void theSameIsAnnouncedWithTheSameStamp() {
        discoverable("hub", "discoverable.stamp.value", "10");
        Announcer announcer = announcer(false);
        minutes(announcer, 1);
        clock.advance(Duration.ofHours(1));
        minutes(announcer, 1);
        assertTrue(Arrays.equals(announced.get(0), announced.get(1)));
    }

    /** An identity from a number. */
    private static final class Keys implements LocalIdentity {

        private final byte[] agreement;
        private final PublicIdentity identity;

        Keys(int seed) {
            agreement = Hashes.sha256(new byte[] {(byte) seed});
            byte[] both = Arrays.copyOf(SUITE.keyAgreement().publicKey(agreement), 64);
            System.arraycopy(SUITE.signer().publicKey(agreement), 0, both, 32, 32);
            identity = PublicIdentity.of(both, Hashes.identity(both));
        }

        @Override
        public String name() {
            return "keys";
        }

        @Override
        public PublicIdentity publicIdentity() {
            return identity;
        }

        @Override
        public IdentityHash hash() {
            return identity.hash();
        }

        @Override
        public byte[] sign(byte[] message) {
            return SUITE.signer().sign(agreement, message);
        }

        @Override
        public Optional<byte[]> agree(byte[] peerPublicKey) {
            return Optional.empty();
        }

        @Override
        public Optional<byte[]> decrypt(byte[] ciphertext, List<byte[]> ratchets, boolean enforceRatchets) {
            return Optional.ofNullable(
                            SUITE.decrypt(List.of(agreement), identity.hash().toBytes(), ciphertext))
                    .map(io.kairos.api.crypto.Decrypted::plaintext);
        }
    }
}
