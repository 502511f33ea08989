package io.kairos.test.conformance;

import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.LinkBudget;
import io.kairos.core.router.ports.AccessGate;
import io.kairos.core.router.ports.Port;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.lib.wire.PathRequest;
import io.kairos.lib.wire.TunnelCodec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A node with mock interfaces: starting it, what it receives and what it sends. */
final class BehaviouralCommands implements Commands.Family {

    private static final long FAST = 10_000_000;

    private final MockNodes nodes;

    BehaviouralCommands(MockNodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public void addTo(Commands commands) {
        commands.add("behavioral_start", this::start)
                .add("behavioral_stop", this::stop)
                .add("behavioral_attach_mock_interface", nodes.on(BehaviouralCommands::attach))
                .add("behavioral_detach_interface", nodes.on((mock, p) -> {
                    mock.node().detach(mock.medium(p));
                    return Answer.of("detached", true);
                }))
                .add("behavioral_inject", nodes.on((mock, p) -> {
                    mock.medium(p).receive(p.bytes("raw"));
                    return Answer.nothing();
                }))
                .add(
                        "behavioral_drain_tx",
                        nodes.on(
                                (mock, p) -> Answer.of("packets", mock.medium(p).drain())))
                .add("behavioral_ifac_mask", nodes.on((mock, p) -> {
                    byte[] raw = p.bytes("raw");
                    return Answer.of("masked", mock.port(mock.medium(p)).gate().seal(raw, 0, raw.length));
                }))
                .add("behavioral_inbound_remembered", nodes.on(BehaviouralCommands::injectAndLookUp))
                .add("behavioral_request_path", nodes.on(BehaviouralCommands::requestPath))
                .add("behavioral_synthesize_tunnel", nodes.on(BehaviouralCommands::openTunnel));
    }

    private Map<String, Object> start(Parameters p) {
        boolean program = p.flag("connected_to_shared_instance", false);
        boolean forwards = !program && p.flag("enable_transport", true);
        BridgeNode node = new BridgeNode(NodeSettings.stepped(p.optionalBytes("identity_seed"), forwards));
        if (program) {
            node.attach(MockInterface.toSharedInstance("Local shared instance"));
        }
        String handle = nodes.keep(new MockNode(node, p));
        return Answer.with("handle", handle)
                .and("identity_hash", node.identity().hash())
                .map();
    }

    private Map<String, Object> stop(Parameters p) {
        MockNode node = nodes.remove(p.text("handle"));
        if (node != null) {
            node.close();
        }
        return Answer.of("stopped", node != null);
    }

    private static Map<String, Object> attach(MockNode mock, Parameters p) {
        Parameters defaults = mock.defaults();
        InterfacePolicy policy = InterfacePolicy.parse(policy(defaults, p), 16);
        long bitrate = p.optionalNumber("bitrate")
                .or(() -> defaults.optionalNumber("bitrate"))
                .orElse(FAST);
        LinkBudget budget = LinkBudget.plain(bitrate, (int) p.number("mtu", PacketBytes.MTU));
        MockInterface medium = new MockInterface(
                p.text("name"),
                budget,
                policy,
                p.flag("local_client", false) ? MockInterface.Far.PROGRAM : MockInterface.Far.NODE);
        String id = mock.attach(medium);
        return Answer.with("iface_id", id)
                .and("interface_hash", TunnelCodec.interfaceHash(medium.description()))
                .and(
                        "ifac_size",
                        policy.accessCode().map(code -> code.sizeBytes()).orElse(0))
                .map();
    }

    /** The operator's form of what the suite wants. */
    private static Map<String, Object> policy(Parameters defaults, Parameters p) {
        Map<String, Object> form = new HashMap<>();
        form.put("mode", p.text("mode", "FULL").replace("_", "").toLowerCase(Locale.ROOT));
        p.optionalText("ifac_netname").ifPresent(name -> form.put("access.network.name", name));
        p.optionalText("ifac_netkey").ifPresent(phrase -> form.put("access.passphrase", phrase));
        p.optionalNumber("ifac_size").ifPresent(bytes -> form.put("access.size.bits", 8 * bytes));
        either(defaults, p, "announce_cap").ifPresent(share -> form.put("announce.cap.percent", 100 * share));
        either(defaults, p, "announce_rate_target").ifPresent(seconds -> {
            form.put("announce.rate.target.seconds", seconds.longValue());
            form.put(
                    "announce.rate.grace",
                    either(defaults, p, "announce_rate_grace").orElse(0.0).longValue());
            form.put(
                    "announce.rate.penalty.seconds",
                    either(defaults, p, "announce_rate_penalty").orElse(0.0).longValue());
        });
        return form;
    }

    private static Optional<Double> either(Parameters defaults, Parameters p, String name) {
        return p.optionalDecimal(name).or(() -> defaults.optionalDecimal(name));
    }

    private static Map<String, Object> injectAndLookUp(MockNode mock, Parameters p) {
        byte[] raw = p.bytes("raw");
        var traffic = mock.node().router().parts().traffic();
        byte[] clear = clear(mock.port(mock.medium(p)), raw);
        boolean wellFormed = PacketBytes.isWellFormed(clear, 0, clear.length);
        Optional<byte[]> hash = wellFormed ? Optional.of(PacketBytes.hash(clear)) : Optional.empty();
        boolean before = wellFormed && traffic.duplicates().contains(hash.get(), 0);
        mock.medium(p).receive(raw);
        boolean after = wellFormed && traffic.duplicates().contains(hash.get(), 0);
        return Answer.with("unpackable", wellFormed)
                .and("packet_hash", hash)
                .and("in_hashlist", after)
                .and("hashlist_grew", after && !before)
                .map();
    }

    /** A packet without its access code, by a gate of its own; as it is where there is none or it does not open. */
    private static byte[] clear(Port port, byte[] raw) {
        if (port.policy().accessCode().isEmpty()) {
            return raw;
        }
        AccessGate gate = new AccessGate(port.policy().accessCode().get(), () -> Optional.of(Suite.reticulum()));
        byte[] copy = raw.clone();
        int length = gate.open(copy, 0, copy.length);
        return length < 0 ? raw : Arrays.copyOfRange(copy, gate.size(), gate.size() + length);
    }

    /**
     * A request with a given tag is passed on to one interface. Without a tag the node asks by itself, on all interfaces;
     * the tag it chose is read from what was sent.
     */
    private static Map<String, Object> requestPath(MockNode mock, Parameters p) {
        if (p.has("tag")) {
            byte[] tag = p.bytes("tag");
            mock.node()
                    .router()
                    .parts()
                    .asking()
                    .passOn(p.destination("dest"), PathRequest.Tag.of(tag, 0, tag.length), mock.port(mock.medium(p)));
            return Answer.of("tag", tag);
        }
        return Answer.of("tag", RequestedPaths.ask(mock.node(), mock.medium(p), p.destination("dest")));
    }

    private static Map<String, Object> openTunnel(MockNode mock, Parameters p) {
        var port = mock.port(mock.medium(p));
        byte[] request = mock.node().router().parts().tunnels().request(port);
        port.transmit(request, 0, request.length);
        byte[] payload = Arrays.copyOfRange(request, PacketBytes.SHORT_HEADER, request.length);
        return Answer.with("iface_id", p.text("iface_id"))
                .and("tunnel_id", TunnelCodec.decode(payload).tunnelId())
                .map();
    }
}
