package io.kairos.transport.yggdrasil;

import io.kairos.api.transport.Endpoint;
import io.kairos.lib.medium.Line;
import io.kairos.lib.medium.LineInterface;
import io.kairos.lib.medium.RetryPace;
import io.kairos.test.contract.RealTime;
import io.kairos.test.contract.Settings;
import java.net.Inet6Address;
import java.time.Duration;
import java.util.Set;
import org.slf4j.LoggerFactory;

/** The only called peer of an interface, as an interface of its own: what a TCP client of another program is. */
final class Caller extends LineInterface<YggdrasilSettings> {

    private final Inet6Address own;
    private final RealTime time;

    Caller(Settings settings, Inet6Address own, RealTime time) {
        super("yggdrasil-caller", time, time, LoggerFactory.getLogger(Caller.class));
        this.own = own;
        this.time = time;
        begin(
                () -> YggdrasilSettings.from(settings.as(YggdrasilConfig.class), settings.map()),
                () -> YggdrasilSettings.refused(settings.map()));
    }

    @Override
    public String description() {
        return "Caller[" + name() + "]";
    }

    @Override
    public Set<Endpoint> endpoints() {
        PeerAddress peer = settings().line().peers().get(0);
        return Set.of(Endpoint.port("tcp", peer.address(), peer.port()));
    }

    @Override
    protected Line newLine(YggdrasilSettings of) {
        return NeighbourLine.called(of.line().peers().get(0), own, name(), of.line(), time);
    }

    @Override
    protected RetryPace pace(YggdrasilSettings of) {
        return RetryPace.every(Duration.ofSeconds(1));
    }
}
