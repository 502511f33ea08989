package io.kairos.core.router;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.routing.Router;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.Signal;
import io.kairos.core.router.announce.AnnounceNews;
import io.kairos.core.router.forward.SignalLog;
import io.kairos.core.router.forward.Traffic;
import io.kairos.core.router.ports.AccessGate;
import io.kairos.core.router.ports.Port;
import io.kairos.core.router.ports.Ports;
import io.kairos.lib.bytes.Hashes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The router as operators see it. Threads: any. */
final class RouterViews implements Router {

    private final RouterSettings settings;
    private final DestinationHash id;
    private final NodeTime time;
    private final Ports ports;
    private final Traffic traffic;
    private final SignalLog signals;
    private final AnnounceNews news;
    private final Refusals refusals;

    RouterViews(
            RouterSettings settings,
            DestinationHash id,
            NodeTime time,
            Ports ports,
            Traffic traffic,
            SignalLog signals,
            AnnounceNews news,
            Refusals refusals) {
        this.settings = settings;
        this.id = id;
        this.time = time;
        this.ports = ports;
        this.traffic = traffic;
        this.signals = signals;
        this.news = news;
        this.refusals = refusals;
    }

    @Override
    public String network() {
        return settings.network();
    }

    @Override
    public DestinationHash transportId() {
        return id;
    }

    @Override
    public boolean forwards() {
        return settings.forward();
    }

    @Override
    public Duration uptime() {
        return Duration.ofMillis(time.uptimeMillis());
    }

    @Override
    public List<InterfaceView> interfaces() {
        Port[] all = ports.all().clone();
        Arrays.sort(all, Comparator.comparing(Port::name).thenComparingInt(Port::number));
        List<InterfaceView> views = new ArrayList<>();
        for (Port port : all) {
            if (port.parent().isEmpty()) {
                addWithChildren(port, all, views);
            }
        }
        return views;
    }

    private void addWithChildren(Port port, Port[] all, List<InterfaceView> views) {
        views.add(view(port));
        for (Port child : all) {
            if (child.parent().orElse(null) == port) {
                addWithChildren(child, all, views);
            }
        }
    }

    private InterfaceView view(Port port) {
        MeshInterface medium = port.medium();
        InterfaceStatus status = medium.status();
        long now = time.millis();
        return new InterfaceView(
                port.name(),
                medium.kind(),
                medium.description(),
                port.parent().map(Port::name),
                status.state(),
                status.failure(),
                port.mode(),
                port.budget(),
                port.gate() != null,
                medium.counters(),
                port.held().size(),
                port.pacer().size(),
                port.announcesIn().shown(now),
                port.announcesOut().shown(now),
                port.requestsIn().shown(now),
                port.requestsOut().shown(now),
                port.announceGuard().isActive() || port.requestGuard().isActive(),
                port.hasTunnel(),
                time.toWall(port.createdAt()));
    }

    @Override
    public Optional<InterfaceDetails> details(String interfaceName) {
        for (Port port : ports.all()) {
            if (port.name().equals(interfaceName)) {
                return Optional.of(details(port));
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<MediumView> medium(String interfaceName) {
        for (Port port : ports.all()) {
            if (port.name().equals(interfaceName)) {
                MeshInterface medium = port.medium();
                return Optional.of(new MediumView(medium.readings(), medium.offer()));
            }
        }
        return Optional.empty();
    }

    private InterfaceDetails details(Port port) {
        AccessGate gate = port.gate();
        return new InterfaceDetails(
                port.policy(),
                port.announceGuard().isActive(),
                time.toWall(port.announceGuard().activatedAt()),
                port.requestGuard().isActive(),
                time.toWall(port.requestGuard().activatedAt()),
                gate == null ? Optional.empty() : gate.signature().map(HexFormat.of()::formatHex));
    }

    @Override
    public boolean livesHere(DestinationHash destination) {
        return traffic.locals().get(destination.high(), destination.low()) != null;
    }

    @Override
    public Optional<Signal> signalOf(byte[] packetHash) {
        return packetHash.length == Hashes.FULL ? signals.find(packetHash) : Optional.empty();
    }

    @Override
    public List<AnnounceView> announces() {
        return news.lately();
    }

    @Override
    public Map<String, Long> refusals() {
        return refusals.snapshot();
    }

    @Override
    public long forwardedPackets() {
        return traffic.forwarded().sum();
    }

    @Override
    public int transitLinks() {
        return traffic.links().size();
    }
}
