package io.kairos.transport.auto;

import io.kairos.api.failure.Failure;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The system interfaces in use, which come and go. Owned by the thread of one {@link AutoLoop}. */
final class Segments implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Segments.class);

    private final Supplier<AutoSettings> settings;
    private final Group group;
    private final Selector selector;
    private final Runnable onDevices;
    private final Consumer<List<AutoPeer>> onGone;
    private final Map<String, Segment> segments = new HashMap<>();

    private long sinceNanos;

    /**
     * @param onDevices is told of each system interface that is used from now on
     * @param onGone is told which neighbours went with a system interface
     */
    Segments(
            Supplier<AutoSettings> settings,
            Group group,
            Selector selector,
            Runnable onDevices,
            Consumer<List<AutoPeer>> onGone) {
        this.settings = settings;
        this.group = group;
        this.selector = selector;
        this.onDevices = onDevices;
        this.onGone = onGone;
    }

    boolean isEmpty() {
        return segments.isEmpty();
    }

    /** When the first of these was tried, by the monotonic clock; means nothing while there is none. */
    long sinceNanos() {
        return sinceNanos;
    }

    /** Opens sockets on what is there now and closes those of what is not. Returns why there is none, where that is so. */
    Optional<Failure> adopt(long now) {
        Failure problem = null;
        try {
            Map<String, Devices.Device> present = Devices.scan(settings.get());
            dropThoseThatChanged(present);
            for (Devices.Device device : present.values()) {
                if (!segments.containsKey(device.name())) {
                    problem = open(device, now, problem);
                }
            }
        } catch (IOException e) {
            problem = new Failure(
                    Failure.Kind.HARDWARE,
                    "The system interfaces cannot be listed: " + e.getMessage(),
                    "Restart the node.");
        }
        if (!segments.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(problem != null ? problem : noDevice());
    }

    /** Whether the own echo is still heard, for the log. */
    void watchCarriers(long now) {
        for (Segment segment : segments.values()) {
            if (segment.carrierChanged(now)) {
                LOG.info(
                        "Interface {} {} on {}",
                        name(),
                        segment.isCarrierLost() ? "does not hear itself any more" : "hears itself again",
                        segment.name());
            }
        }
    }

    /** Tells the group everywhere that this node is there. */
    void announce() {
        for (Segment segment : segments.values()) {
            try {
                segment.announce();
            } catch (IOException e) {
                LOG.debug("The group cannot be told on {}: {}", segment.name(), e.toString());
            }
        }
    }

    /** Whether it was this node itself that was heard. */
    boolean isOwnEcho(Inet6Address source, long now) {
        for (Segment own : segments.values()) {
            if (own.isOwn(source)) {
                own.echoHeard(now);
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        segments.values().forEach(Segment::close);
    }

    private String name() {
        return settings.get().name();
    }

    private Failure open(Devices.Device device, long now, Failure earlier) {
        try {
            if (segments.isEmpty()) {
                sinceNanos = now;
            }
            segments.put(device.name(), new Segment(device, settings.get(), group, selector, now));
            onDevices.run();
            LOG.info("Interface {} searches neighbours on {}", name(), device.name());
            return earlier;
        } catch (IOException | RuntimeException e) {
            LOG.debug("Interface {} cannot use {}: {}", name(), device.name(), e.toString());
            return openFailure(device, e);
        }
    }

    private void dropThoseThatChanged(Map<String, Devices.Device> present) {
        for (Iterator<Segment> all = segments.values().iterator(); all.hasNext(); ) {
            Segment segment = all.next();
            if (!segment.isStill(present.get(segment.name()))) {
                LOG.info("Interface {} leaves {}: it is gone or has another address", name(), segment.name());
                all.remove();
                segment.close();
                onGone.accept(new ArrayList<>(segment.peers().values()));
            }
        }
    }

    private Failure openFailure(Devices.Device device, Exception e) {
        if (e instanceof BindException && String.valueOf(e.getMessage()).contains("in use")) {
            return new Failure(
                    Failure.Kind.NETWORK,
                    "UDP port %d or %d is taken on %s"
                            .formatted(
                                    settings.get().discoveryPort() + 1,
                                    settings.get().dataPort(),
                                    device.name()),
                    "Stop the other program ('ss -lunp' names it), or choose another discovery.port and data.port at all "
                            + "neighbours. Kairos tries again by itself.");
        }
        return new Failure(
                Failure.Kind.NETWORK,
                "The search on %s cannot begin: %s".formatted(device.name(), e.getMessage()),
                "Check that IPv6 is switched on there. Kairos tries again by itself.");
    }

    private Failure noDevice() {
        return new Failure(
                Failure.Kind.HARDWARE,
                settings.get().devices().isEmpty()
                        ? "No system interface has an IPv6 link-local address"
                        : "None of the devices "
                                + String.join(", ", settings.get().devices()) + " has an IPv6 link-local address",
                "Connect a network and switch IPv6 on ('ip -6 addr' lists addresses), or correct devices. Kairos looks again "
                        + "by itself.");
    }
}
