package io.kairos.core.router;

import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.Signal;
import io.kairos.core.router.announce.Verifiers;
import io.kairos.core.router.forward.Ingress;
import io.kairos.core.router.path.PathBook;
import io.kairos.core.router.ports.Arrival;
import io.kairos.core.router.ports.PacketIntake;
import io.kairos.core.router.ports.Port;
import io.kairos.core.router.ports.Ports;
import io.kairos.core.router.tunnel.Tunnels;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Interfaces coming and going. Threads: any. */
final class Membership implements PacketIntake {

    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    private final Ports ports;
    private final Ingress ingress;
    private final Executor tables;
    private final Verifiers verifiers;
    private final PathBook paths;
    private final Tunnels tunnels;
    private final ProgramDuties duties;
    private final Jobs jobs;
    private volatile Consumer<MeshInterface> watcher = medium -> {};

    Membership(
            Ports ports,
            Ingress ingress,
            Executor tables,
            Verifiers verifiers,
            PathBook paths,
            Tunnels tunnels,
            ProgramDuties duties,
            Jobs jobs) {
        this.ports = ports;
        this.ingress = ingress;
        this.tables = tables;
        this.verifiers = verifiers;
        this.paths = paths;
        this.tunnels = tunnels;
        this.duties = duties;
        this.jobs = jobs;
    }

    /** Is told, by the owner of the tables, of each change of an interface that is no child. */
    void watch(Consumer<MeshInterface> told) {
        watcher = told;
    }

    void attach(MeshInterface medium) {
        Port port = ports.add(medium, null, this);
        medium.attach(port);
        entered(port);
    }

    void detach(MeshInterface medium) {
        medium.detach();
        left(medium);
    }

    void detachAll() {
        for (Port port : ports.all()) {
            if (port.parent().isEmpty()) {
                detach(port.medium());
            }
        }
    }

    @Override
    public void received(Port in, Arrival arrival, ByteBuffer packet, Signal signal) {
        ingress.received(in, arrival, packet, signal);
    }

    @Override
    public void changed(Port port) {
        tables.execute(() -> {
            boolean before = port.isUp();
            if (ports.refresh(port)) {
                cameUp(port);
            } else if (before && !port.isUp()) {
                LOG.info("Interface {} is down", port.name());
                if (port.isSharedInstance()) {
                    duties.disconnected(port);
                }
            }
            jobs.portsChanged();
            if (port.parent().isEmpty()) {
                watcher.accept(port.medium());
            }
        });
    }

    @Override
    public Port appeared(Port parent, MeshInterface child) {
        Port port = ports.add(child, parent, this);
        entered(port);
        return port;
    }

    @Override
    public void vanished(Port parent, MeshInterface child) {
        left(child);
    }

    private void entered(Port port) {
        tables.execute(() -> {
            ports.refresh(port);
            if (port.isUp()) {
                cameUp(port);
            }
            jobs.portsChanged();
        });
    }

    private void left(MeshInterface medium) {
        for (Port port : ports.remove(medium)) {
            tables.execute(() -> {
                tunnels.vanished(port);
                port.held().clear();
                port.pacer().clear();
                if (!port.anchor().isLasting()) {
                    paths.forget(port.anchor());
                }
                duties.forget(port);
                jobs.portsChanged();
            });
        }
    }

    private void cameUp(Port port) {
        if (port.parent().isEmpty()) {
            LOG.info(
                    "Interface {} is up: {} bit/s, mode {}",
                    port.name(),
                    port.budget().bitsPerSecond(),
                    port.mode().word());
        }
        if (port.isSharedInstance()) {
            duties.connected(port);
        }
        if (port.policy().opensTunnel()) {
            verifiers.offer(port, () -> {
                byte[] request = tunnels.request(port);
                port.transmit(request, 0, request.length);
                port.flush();
            });
        }
    }
}
