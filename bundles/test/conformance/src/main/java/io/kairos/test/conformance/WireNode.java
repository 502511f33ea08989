package io.kairos.test.conformance;

import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.link.DestinationSettings;
import io.kairos.api.link.Link;
import io.kairos.api.link.PacketReceipt;
import io.kairos.api.link.ResourceTransfer;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.routing.InboundPacket;
import io.kairos.api.routing.InterfaceHandle;
import io.kairos.core.link.LinkSettings;
import io.kairos.core.management.ManagementPeek;
import io.kairos.core.router.ports.Port;
import io.kairos.transport.local.LocalInterface;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A running node and what the commands of the wire family have made on it.
 *
 * <p>Threads: any.
 */
final class WireNode {

    private static final Duration COMING_UP = Duration.ofSeconds(3);

    final BridgeNode node;
    final WirePosture posture;
    final Map<DestinationHash, WireListener> listeners = new ConcurrentHashMap<>();
    final Map<DestinationHash, WireLink> links = new ConcurrentHashMap<>();
    final Map<String, PacketReceipt> receipts = new ConcurrentHashMap<>();
    final Map<String, ResourceTransfer> transfers = new ConcurrentHashMap<>();
    final Map<DestinationHash, byte[]> groups = new ConcurrentHashMap<>();
    final List<InboundPacket> proofs = new CopyOnWriteArrayList<>();
    ManagementPeek management;
    List<IdentityHash> discoverySources = List.of();
    private final AtomicInteger made = new AtomicInteger();

    WireNode(BridgeNode node, WirePosture posture) {
        this.node = node;
        this.posture = posture;
        node.router().packetRouter().registerProofs(proofs::add);
    }

    /** A name that is not taken. */
    String fresh(String what) {
        return what + "-" + made.incrementAndGet();
    }

    LocalIdentity newIdentity() {
        return node.identities().create(fresh("made"));
    }

    /** The identity of these private keys. */
    LocalIdentity identity(byte[] privateKeys) {
        return node.identities().importKeys(fresh("given"), privateKeys);
    }

    WireListener open(DestinationSettings settings, WireListener.Manners manners) {
        WireListener listener = new WireListener(this, settings, manners);
        listener.open(node.endpoints());
        listeners.put(listener.destination().address(), listener);
        return listener;
    }

    WireListener listener(DestinationHash destination) {
        WireListener listener = listeners.get(destination);
        if (listener == null) {
            throw new IllegalArgumentException("nothing listens at " + destination.toHex());
        }
        return listener;
    }

    WireListener listener(Parameters parameters) {
        return listener(parameters.destination("destination_hash"));
    }

    WireLink keep(Link link) {
        return links.computeIfAbsent(link.id(), id -> new WireLink(link, node.tap()));
    }

    /** A link that is up here or is coming up: the other end may be a moment ahead. */
    WireLink link(Parameters parameters) {
        DestinationHash id = parameters.destination("link_id");
        Until.holds(COMING_UP, () -> links.containsKey(id));
        WireLink link = links.get(id);
        if (link == null) {
            throw new IllegalArgumentException("unknown link " + parameters.text("link_id"));
        }
        return link;
    }

    /** Settings that only count for endpoints that are made now; destinations are opened again. */
    void linkSettings(LinkSettings changed) {
        node.restartEndpoints(changed);
        listeners.values().forEach(listener -> listener.open(node.endpoints()));
    }

    /** Whether it is the shared instance of programs. */
    boolean servesPrograms() {
        return node.interfaces().stream()
                .anyMatch(medium ->
                        medium instanceof LocalInterface && medium.status().isUp());
    }

    /** Whether it is itself the program of a shared instance. */
    boolean isProgram() {
        return Arrays.stream(node.router().parts().ports().sharedInstances()).anyMatch(Port::isUp);
    }

    /** The interfaces over which packets travel. */
    List<Port> ports() {
        return Arrays.stream(node.router().parts().ports().all())
                .filter(port -> port.medium().carriesPackets())
                .toList();
    }

    /** Some interface, for packets that are made up. */
    InterfaceHandle anyInterface() {
        Port[] all = node.router().parts().ports().all();
        return ports().stream().findFirst().orElse(all[0]);
    }
}
