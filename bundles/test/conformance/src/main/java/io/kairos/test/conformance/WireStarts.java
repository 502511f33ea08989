package io.kairos.test.conformance;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.MeshInterface;
import io.kairos.core.clock.SystemClock;
import io.kairos.core.discovery.DiscoveryConfig;
import io.kairos.core.discovery.DiscoveryPeek;
import io.kairos.core.link.LinkSettings;
import io.kairos.core.management.CallAnswersComponent;
import io.kairos.core.management.ManagementPeek;
import io.kairos.lib.configobj.ConfigReader;
import io.kairos.lib.configobj.InterfaceSection;
import io.kairos.transport.local.LocalClientConfig;
import io.kairos.transport.local.LocalClientInterface;
import io.kairos.transport.local.LocalConfig;
import io.kairos.transport.local.LocalInterface;
import io.kairos.transport.local.LocalPeek;
import io.kairos.transport.tcp.TcpClientConfig;
import io.kairos.transport.tcp.TcpClientInterface;
import io.kairos.transport.tcp.TcpServerConfig;
import io.kairos.transport.tcp.TcpServerInterface;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** Starts and stops nodes that speak TCP on the loopback device. */
final class WireStarts implements Commands.Family {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String HERE = "127.0.0.1";

    private final WireNodes nodes;

    WireStarts(WireNodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public void addTo(Commands commands) {
        commands.add("wire_start_tcp_server", this::server)
                .add("wire_start_tcp_client", this::client)
                .add("wire_start_local_client", this::program)
                .add("wire_stop", p -> Answer.of("stopped", nodes.stop(p)))
                .notSupported("wire_start_pipe_peer", "Kairos has no interface over named pipes")
                .notSupported("wire_start_pipe_tcp_relay", "Kairos has no interface over named pipes")
                .notSupported(
                        "wire_set_interface_mode", "the mode of an interface changes with its configuration only");
    }

    private Map<String, Object> server(Parameters p) throws IOException {
        int port = (int) p.number("bind_port", 0);
        int listens = port == 0 ? freePort() : port;
        boolean forwards = p.members().containsKey("enable_transport") ? p.flag("enable_transport", false) : true;
        WireNode node = node(p, forwards);
        Form form = policy(p)
                .set("interface.name", "Wire TCP Server")
                .set("listen.host", HERE)
                .set("listen.port", listens);
        attach(
                node,
                new TcpServerInterface(
                        form.as(TcpServerConfig.class), form.map(), node.node.clock(), node.node.timers()));
        Answer answer = Answer.with("handle", nodes.keep(node))
                .and("port", listens)
                .and("identity_hash", node.node.identity().hash())
                .and("transport_enabled", node.node.router().router().forwards());
        return p.flag("share_instance", false) ? share(node, p, answer).map() : answer.map();
    }

    /** The node also becomes the shared instance of programs. */
    private static Answer share(WireNode node, Parameters p, Answer answer) throws IOException {
        if (!p.text("share_instance_type", "unix").equals("tcp")) {
            throw new NotSupported("the bridge has no abstract Unix sockets, which need a native library");
        }
        int port = freePort();
        int controlPort = freePort();
        byte[] key = node.posture.controlKey().orElseGet(WireStarts::freshKey);
        Form form = new Form()
                .set("interface.name", "Wire Shared Instance")
                .set("socket", "tcp")
                .set("listen.port", port)
                .set("control.port", controlPort)
                .set(
                        "reticulum.folder",
                        Files.createTempDirectory("kairos-bridge-programs").toString())
                .set("rpc.key", HexFormat.of().formatHex(key));
        LocalInterface programs = new LocalInterface(form.as(LocalConfig.class), form.map(), node.node.timers());
        LocalPeek.answers(
                programs,
                new CallAnswersComponent(
                        node.node.router().router(),
                        node.node.router().pathTable(),
                        node.node.router().knownDestinations(),
                        node.node.clock(),
                        node.node.timers()));
        attach(node, programs);
        return answer.and("share_instance_type", "tcp")
                .and("shared_instance_port", port)
                .and("instance_control_port", controlPort)
                .and("rpc_key", key);
    }

    private static byte[] freshKey() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return key;
    }

    /** A node whose only interface leads to a shared instance. */
    private Map<String, Object> program(Parameters p) {
        WireNode node = node(p, false);
        Form form = new Form()
                .set("interface.name", "Local shared instance")
                .set("socket", "tcp")
                .set("peer.port", (int) p.number("shared_instance_port"));
        attach(node, new LocalClientInterface(form.as(LocalClientConfig.class), form.map(), node.node.timers()));
        if (!Until.holds(PATIENCE, node::isProgram)) {
            node.node.close();
            throw new IllegalStateException("no shared instance answers");
        }
        return Answer.with("handle", nodes.keep(node))
                .and("identity_hash", node.node.identity().hash())
                .map();
    }

    private Map<String, Object> client(Parameters p) {
        WireNode node = node(p, true);
        Form form = policy(p)
                .set("interface.name", "Wire TCP Client")
                .set("peer.host", p.text("target_host"))
                .set("peer.port", (int) p.number("target_port"));
        p.optionalNumber("fixed_mtu").ifPresent(bytes -> form.set("fixed.packet.bytes", bytes.intValue()));
        attach(
                node,
                new TcpClientInterface(
                        form.as(TcpClientConfig.class), form.map(), node.node.clock(), node.node.timers()));
        return Answer.with("handle", nodes.keep(node))
                .and("identity_hash", node.node.identity().hash())
                .map();
    }

    private static Form policy(Parameters p) {
        Form form = new Form()
                .set("access.network.name", p.text("network_name", ""))
                .set("access.passphrase", p.text("passphrase", ""));
        p.optionalText("mode")
                .filter(mode -> !mode.isBlank())
                .map(mode -> mode.equals("point_to_point") ? "pointtopoint" : mode)
                .ifPresent(mode -> form.set("mode", mode));
        InterfaceSection imported = imported(p);
        Optional.ofNullable(imported.policy().get("access.size.bits"))
                .ifPresent(bits -> form.set("access.size.bits", Integer.parseInt(bits)));
        imported.bitrate().ifPresent(bits -> form.set("bitrate.bits.per.second", bits));
        return form;
    }

    /** What the importer makes of these keys in a configuration file of Reticulum, which is what the suite speaks of. */
    private static InterfaceSection imported(Parameters p) {
        StringBuilder text = new StringBuilder("[interfaces]\n[[Wire]]\ntype = TCPServerInterface\n");
        p.optionalNumber("ifac_size")
                .ifPresent(bits -> text.append("ifac_size = ").append(bits).append('\n'));
        p.optionalNumber("bitrate")
                .ifPresent(bits -> text.append("bitrate = ").append(bits).append('\n'));
        return InterfaceSection.of(ConfigReader.read(text.toString(), "the suite's settings")
                .section("interfaces")
                .flatMap(interfaces -> interfaces.section("Wire"))
                .orElseThrow());
    }

    private static Optional<byte[]> controlKey(Parameters p) {
        Form form = new Form().set("interface.name", "Wire Programs").set("rpc.key", p.text("rpc_key", ""));
        return LocalPeek.key(form.as(LocalConfig.class), form.map());
    }

    private static WireNode node(Parameters p, boolean forwards) {
        WirePosture posture = new WirePosture(p.flag("use_implicit_proof", true), controlKey(p));
        BridgeNode node = new BridgeNode(NodeSettings.running(forwards)
                .with(new LinkSettings(true, !posture.implicitProofs(), WireListener.DECOMPRESSED_BYTES)));
        WireNode wired = new WireNode(node, posture);
        wired.discoverySources = DiscoveryPeek.sources(new Form()
                .set("sources", p.texts("interface_discovery_sources").toArray(String[]::new))
                .as(DiscoveryConfig.class));
        wired.management = ManagementPeek.start(
                new Form()
                        .set("probe.respond", p.flag("respond_to_probes", false))
                        .set("remote.enabled", p.flag("enable_remote_management", false))
                        .set(
                                "remote.allowed",
                                p.texts("remote_management_allowed").toArray(String[]::new))
                        .set("blackhole.sources", p.texts("blackhole_sources").toArray(String[]::new))
                        .as(io.kairos.core.management.ManagementConfig.class),
                node.endpoints(),
                node.router(),
                node.identities(),
                node.store(),
                node.clock(),
                node.timers());
        return wired;
    }

    private static void attach(WireNode node, MeshInterface medium) {
        node.node.attach(medium);
        boolean refused = medium.status()
                .failure()
                .filter(failure -> failure.kind() == Failure.Kind.CONFIGURATION)
                .isPresent();
        if (refused) {
            Failure why = medium.status().failure().orElseThrow();
            throw new MeshException(why.kind(), why.message(), why.remedy());
        }
        Until.holds(PATIENCE, () -> medium.status().isUp());
    }

    /** Length of an access code where the operator does not say. */
    static int defaultCodeBytes() {
        Form form = new Form().set("access.network.name", "any");
        TcpServerInterface sample;
        try (SystemClock clock = new SystemClock()) {
            form.set("interface.name", "sample").set("enabled", false);
            sample = new TcpServerInterface(form.as(TcpServerConfig.class), form.map(), clock, clock);
        }
        return sample.policy().accessCode().orElseThrow().sizeBytes();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HERE))) {
            return socket.getLocalPort();
        }
    }
}
