package io.kairos.transport.serial;

import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.Endpoint;
import io.kairos.api.transport.Offer;
import io.kairos.lib.medium.Line;
import io.kairos.lib.medium.LineInterface;
import io.kairos.lib.serial.Arrivals;
import io.kairos.lib.serial.SerialPorts;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;

/** What all interfaces on serial ports have in common. */
abstract class PortInterface extends LineInterface<PortSettings> {

    private final Timers timers;
    private final Arrivals arrivals;

    PortInterface(String kind, String name, Clock clock, Timers timers, Logger log) {
        super(kind, clock, timers, log);
        this.timers = timers;
        this.arrivals = new Arrivals("kairos-" + kind + "-" + name + "-watch", this::tryNow);
    }

    @Override
    protected Line newLine(PortSettings of) {
        return new PortLine(kind(), of.line(), () -> settings().queueBytes(), timers, arrivals);
    }

    /** The device, whatever it is called: two interfaces cannot share it. */
    @Override
    public Set<Endpoint> endpoints() {
        PortSettings current = settings();
        if (!current.policy().enabled() || current.line().port().isEmpty()) {
            return Set.of();
        }
        String port = current.line().port().get().port();
        return Set.of(new Endpoint("serial", "device" + SerialPorts.device(port), ""));
    }

    /** What the operator has told of the channel, since no modem does. */
    @Override
    public Optional<Offer> offer() {
        return settings().offer();
    }

    @Override
    public void close() {
        arrivals.close();
        super.close();
    }
}
