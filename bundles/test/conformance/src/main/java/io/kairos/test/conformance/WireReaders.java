package io.kairos.test.conformance;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.identity.KnownDestination;
import io.kairos.api.link.DestinationSettings.ProofStrategy;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.link.LocalDestination.Access;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.transport.LinkBudget;
import io.kairos.api.transport.LinkBudget.MtuClass;
import io.kairos.api.transport.MeshInterface;
import io.kairos.core.discovery.DiscoveryPeek;
import io.kairos.core.link.RandomSource;
import io.kairos.core.link.destination.RequestsPeek;
import io.kairos.core.management.ManagementPeek;
import io.kairos.core.router.ports.AccessGate;
import io.kairos.core.router.ports.Port;
import io.kairos.core.store.DiskStore;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.bytes.MessagePack;
import io.kairos.lib.discovery.Advertisement;
import io.kairos.lib.discovery.Field;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.lib.wire.RequestCodec;
import io.kairos.transport.local.LocalConfig;
import io.kairos.transport.local.rpc.RpcKey;
import io.kairos.transport.tcp.TcpClientInterface;
import io.kairos.transport.tcp.TcpServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a node has made of its settings. */
final class WireReaders implements Commands.Family {

    private static final Map<Access, Integer> ACCESS = Map.of(Access.NOBODY, 0, Access.EVERYBODY, 1, Access.LISTED, 2);
    private static final Map<ProofStrategy, Integer> PROOFS =
            Map.of(ProofStrategy.NONE, 0x21, ProofStrategy.APPLICATION, 0x22, ProofStrategy.ALL, 0x23);

    /** Longer than anything unused is kept. */
    private static final Duration UNUSED = Duration.ofDays(10);

    private final WireNodes nodes;

    WireReaders(WireNodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public void addTo(Commands commands) {
        commands.add("wire_instance_posture", this::posture)
                .add("wire_transport_enabled", this::transport)
                .add("wire_mgmt_destinations", this::management)
                .add("wire_interface_hw_mtu", this::mtu)
                .add("wire_interface_bitrate", this::bitrate)
                .add("wire_rpc_authkey", this::controlKey)
                .add("wire_ifac_compute", this::accessCode)
                .add("wire_ifac_signature", this::accessSignature)
                .add("wire_discovery_autoconnect_gate", this::connects)
                .add("wire_interface_transport_defaults", this::rateLimits)
                .notSupported(
                        "wire_known_destinations_roundtrip",
                        "known destinations are kept in a format of the product's own")
                .add("wire_identity_ratchet_persist", p -> heardRatchet())
                .notSupported("wire_get_received_packets", "frames are not kept before they are packets");
    }

    private Map<String, Object> posture(Parameters p) {
        WireNode node = nodes.of(p);
        ManagementPeek management = node.management;
        return Answer.with("transport_enabled", node.node.router().router().forwards())
                .and(
                        "remote_management_enabled",
                        management.find(ManagementPeek.REMOTE).isPresent())
                .and("respond_to_probes", management.find(ManagementPeek.PROBE).isPresent())
                .and(
                        "should_use_implicit_proof",
                        !node.node.endpoints().surroundings().settings().explicitProofs())
                .and(
                        "link_mtu_discovery",
                        node.node.endpoints().surroundings().settings().mtuDiscovery())
                .and("remote_management_allowed", management.allowed())
                .and("blackhole_sources", management.sources())
                .and("interface_discovery_sources", node.discoverySources)
                .and("is_shared_instance", node.servesPrograms())
                .and("is_connected_to_shared_instance", node.isProgram())
                .map();
    }

    private Map<String, Object> transport(Parameters p) {
        WireNode node = nodes.of(p);
        return Answer.with("transport_enabled", node.node.router().router().forwards())
                .and("is_shared_instance", node.servesPrograms())
                .and("is_connected_to_shared_instance", node.isProgram())
                .map();
    }

    /** The key of the control socket as programs of this machine would have it, with a folder of its own. */
    private Map<String, Object> controlKey(Parameters p) throws IOException {
        Path folder = Files.createTempDirectory("kairos-bridge-programs");
        byte[] key = new RpcKey(nodes.of(p).posture.controlKey(), folder, new SecureRandom()).get();
        new RpcKey(Optional.empty(), folder, new SecureRandom()).get(); // makes the file where there is none
        Path identity = folder.resolve("storage").resolve("transport_identity");
        return Answer.with("rpc_key", key)
                .and("transport_private_key", Files.exists(identity) ? Files.readAllBytes(identity) : null)
                .map();
    }

    // ---- what was heard of others ----

    /** A node hears of a ratchet and stores it, another goes on with it, and after a long time a third does not. */
    private static Map<String, Object> heardRatchet() throws IOException {
        Path folder = Files.createTempDirectory("kairos-bridge-heard");
        NodeSettings settings = NodeSettings.stepped(Optional.empty(), false);
        CryptoSuite suite = Suite.reticulum();
        byte[] ratchet = suite.keyAgreement().publicKey(suite.keyAgreement().generatePrivateKey());
        DestinationHash destination = DestinationHash.of(RandomSource.secure().bytes(DestinationHash.LENGTH), 0);
        List<Path> stored;
        Optional<byte[]> reloaded;
        Optional<byte[]> later;
        try (DiskStore store = new DiskStore(folder)) {
            try (BridgeNode first = new BridgeNode(settings, store)) {
                first.router()
                        .knownDestinations()
                        .learn(
                                new KnownDestination(
                                        destination,
                                        first.identity().publicIdentity(),
                                        Optional.empty(),
                                        Optional.of(ratchet),
                                        first.clock().wallMillis()),
                                false);
            }
            stored = files(folder, "known");
            try (BridgeNode second = new BridgeNode(settings, store)) {
                reloaded = second.router().knownDestinations().peek(destination).flatMap(KnownDestination::ratchet);
                second.pass(UNUSED);
                second.router().runAllJobs();
            }
            try (BridgeNode third = new BridgeNode(settings, store)) {
                later = third.router().knownDestinations().peek(destination).flatMap(KnownDestination::ratchet);
            }
        }
        return Answer.with("dest_hash", destination)
                .and("ratchet_len", ratchet.length)
                .and("file_written", !stored.isEmpty())
                .and("tmp_leftover", stored.size() > 1)
                .and(
                        "reload_match",
                        reloaded.filter(again -> Arrays.equals(again, ratchet)).isPresent())
                .and("reloaded_len", reloaded.map(again -> again.length))
                .and("accepted_size", ratchet.length)
                .and("cleaned_removed", later.isEmpty())
                .map();
    }

    /** Files of a store that belong to a document, with what may be left of writing it. */
    private static List<Path> files(Path folder, String document) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().contains(document))
                    .toList();
        }
    }

    // ---- connecting to what was found ----

    private Map<String, Object> connects(Parameters p) {
        WireNode node = nodes.of(p);
        Map<Object, Object> probe = announced("BackboneInterface", "10.9.9.9");
        return Answer.with("wrong_type", added(node, announced("UDPInterface", "10.0.0.5")))
                .and("tcp_client", added(node, announced("TCPClientInterface", "10.0.0.6")))
                .and("i2p", added(node, announced("I2PInterface", "abcdefgh.b32.i2p")))
                .and("yggdrasil", added(node, announced("BackboneInterface", "200::1")))
                .and(
                        "endpoint_hash",
                        Advertisement.decode(MessagePack.pack(probe)).endpointHash())
                .and("endpoint_spec", "10.9.9.9:4242")
                .map();
    }

    private static Map<Object, Object> announced(String kind, String place) {
        Map<Object, Object> told = new HashMap<>();
        told.put(Field.KIND.key(), kind);
        told.put(Field.FORWARDS.key(), true);
        told.put(Field.NODE.key(), new byte[16]);
        told.put(Field.NAME.key(), "discovered-test");
        List.of(Field.LATITUDE, Field.LONGITUDE, Field.HEIGHT).forEach(field -> told.put(field.key(), null));
        told.put(Field.REACHABLE_ON.key(), place);
        told.put(Field.PORT.key(), 4242L);
        return told;
    }

    private static Map<String, Object> added(WireNode node, Map<Object, Object> told) {
        return Answer.of(
                "interfaces_added",
                DiscoveryPeek.offer(told, node.node.interfaces(), settings -> true, node.node.clock()));
    }

    /** What a node that forwards does with announces on an interface that says nothing, as its programs are told. */
    private Map<String, Object> rateLimits(Parameters p) throws NoSuchMethodException {
        WireNode node = nodes.of(p);
        Map<?, ?> told = ManagementPeek.firstInterface(node.node.router(), node.node.clock());
        return Answer.with(
                        "local_interface_port",
                        LocalConfig.class.getMethod("listen_port").getDefaultValue())
                .and("ar_target", told.get("announce_rate_target"))
                .and("ar_penalty", told.get("announce_rate_penalty"))
                .and("ar_grace", told.get("announce_rate_grace"))
                .map();
    }

    // ---- management destinations ----

    private Map<String, Object> management(Parameters p) {
        WireNode node = nodes.of(p);
        Optional<LocalDestination> probe = node.management.find(ManagementPeek.PROBE);
        Optional<LocalDestination> remote = node.management.find(ManagementPeek.REMOTE);
        return Answer.with("transport_identity_hash", node.node.identity().hash())
                .and("app_name", ManagementPeek.PROBE.substring(0, ManagementPeek.PROBE.indexOf('.')))
                .and(
                        "probe",
                        common(probe)
                                .and(
                                        "proof_strategy",
                                        probe.map(found ->
                                                PROOFS.get(found.settings().proofs())))
                                .and(
                                        "accepts_links",
                                        probe.map(found -> found.settings().acceptsLinks()))
                                .map())
                .and(
                        "remote_management",
                        common(remote)
                                .and("in_mgmt_hashes", remote.isPresent())
                                .and(
                                        "request_handlers",
                                        remote.map(found -> handlers(node, found))
                                                .orElse(List.of()))
                                .map())
                .map();
    }

    private static Answer common(Optional<LocalDestination> found) {
        return Answer.with("present", found.isPresent())
                .and("hash", found.map(LocalDestination::address))
                .and("name", found.map(one -> one.settings().fullName()))
                .and("in_mgmt_destinations", found.isPresent());
    }

    private static List<Map<String, Object>> handlers(WireNode node, LocalDestination destination) {
        return RequestsPeek.entries(destination).stream()
                .map(entry -> Answer.with("path", entry.path())
                        .and("path_hash", RequestCodec.pathHash(entry.path()))
                        .and("allow", ACCESS.get(entry.access()))
                        .and("allowed_hashes", List.copyOf(entry.allowed()))
                        .and(
                                "allowed_list_is_acl",
                                entry.allowed().equals(java.util.Set.copyOf(node.management.allowed())))
                        .map())
                .toList();
    }

    // ---- interfaces ----

    private static MeshInterface medium(WireNode node) {
        return node.node.interfaces().get(0);
    }

    private Map<String, Object> mtu(Parameters p) {
        WireNode node = nodes.of(p);
        LinkBudget budget = medium(node).budget();
        return Answer.with("hw_mtu", budget.packetBytes())
                .and(
                        "link_mtu_discovery",
                        node.node.endpoints().surroundings().settings().mtuDiscovery())
                .and("reticulum_mtu", PacketBytes.MTU)
                .and("autoconfigure_mtu", budget.mtuClass() == MtuClass.AUTO)
                .and("fixed_mtu", budget.mtuClass() == MtuClass.FIXED)
                .and("class_hw_mtu", medium(node) instanceof TcpClientInterface ? budget.packetBytes() : null)
                .map();
    }

    private Map<String, Object> bitrate(Parameters p) throws NoSuchMethodException {
        return Answer.with("bitrate", medium(nodes.of(p)).budget().bitsPerSecond())
                .and(
                        "bitrate_guess",
                        TcpServerConfig.class
                                .getMethod("bitrate_bits_per_second")
                                .getDefaultValue())
                .and("minimum_bitrate", leastBitrate())
                .map();
    }

    /** The smallest bit rate with which the product makes an interface. */
    private static int leastBitrate() {
        return IntStream.rangeClosed(1, 1000)
                .filter(bits -> {
                    try {
                        return LinkBudget.plain(bits, PacketBytes.MTU) != null;
                    } catch (IllegalArgumentException tooSlow) {
                        return false;
                    }
                })
                .findFirst()
                .orElseThrow();
    }

    // ---- access codes ----

    private static AccessGate gate(WireNode node) {
        return Arrays.stream(node.node.router().parts().ports().all())
                .map(Port::gate)
                .filter(gate -> gate != null)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no interface of this node is closed by a code"));
    }

    /** The key of an interface; it is there once something was sealed. */
    private static byte[] key(AccessGate gate) {
        gate.seal(new byte[PacketBytes.SHORT_HEADER], 0, PacketBytes.SHORT_HEADER);
        return (byte[]) Inside.get(gate, "key");
    }

    private static byte[] sign(WireNode node, byte[] key, byte[] data) {
        return node.node.suite().signer().sign(Arrays.copyOfRange(key, 32, 64), data);
    }

    private Map<String, Object> accessCode(Parameters p) {
        WireNode node = nodes.of(p);
        AccessGate gate = gate(node);
        byte[] packet = p.bytes("packet_data");
        byte[] sealed = gate.seal(packet, 0, packet.length);
        return Answer.with("ifac_key", key(gate))
                .and("ifac_size", gate.size())
                .and("signature", sign(node, key(gate), packet))
                .and("ifac", Arrays.copyOfRange(sealed, 2, 2 + gate.size()))
                .map();
    }

    private Map<String, Object> accessSignature(Parameters p) {
        WireNode node = nodes.of(p);
        AccessGate gate = gate(node);
        return Answer.with("ifac_signature", sign(node, key(gate), Hashes.sha256(key(gate))))
                .and("ifac_key", key(gate))
                .and("ifac_size", gate.size())
                .and("default_ifac_size", WireStarts.defaultCodeBytes())
                .map();
    }
}
