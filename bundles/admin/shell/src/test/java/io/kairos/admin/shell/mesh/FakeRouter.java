package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Node;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.routing.Router;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A router that tells what a test has put into it. */
final class FakeRouter implements Router {

    final List<InterfaceView> interfaces = new ArrayList<>();
    final List<AnnounceView> announces = new ArrayList<>();
    final Map<String, Long> refusals = new TreeMap<>();
    Duration uptime = Duration.ofMinutes(125);

    FakeRouter(InterfaceView... interfaces) {
        this.interfaces.addAll(List.of(interfaces));
    }

    @Override
    public String network() {
        return "main";
    }

    @Override
    public DestinationHash transportId() {
        return Node.HUB;
    }

    @Override
    public boolean forwards() {
        return true;
    }

    @Override
    public Duration uptime() {
        return uptime;
    }

    @Override
    public List<InterfaceView> interfaces() {
        return interfaces;
    }

    @Override
    public List<AnnounceView> announces() {
        return announces;
    }

    @Override
    public Map<String, Long> refusals() {
        return refusals;
    }

    @Override
    public long forwardedPackets() {
        return 12_345;
    }

    @Override
    public int transitLinks() {
        return 1;
    }
}
