package io.kairos.core.link.life;

import io.kairos.api.link.Link;
import io.kairos.api.routing.InboundPacket;
import io.kairos.core.link.LinkWire;
import io.kairos.core.link.channel.LinkChannel;
import io.kairos.core.link.request.LinkRequests;
import io.kairos.test.conformance.Inside;
import java.util.Optional;

/** Shows the conformance bridge what a link keeps to its package. */
public final class LinkPeek {

    private LinkPeek() {}

    public static LinkWire wire(Link link) {
        return ((LiveLink) link).wire();
    }

    public static Optional<LinkChannel> channel(Link link) {
        return ((LiveLink) link).parts().openedChannel();
    }

    /** Hands a packet to the link itself, also when the router does not know it any more. */
    public static boolean receive(Link link, InboundPacket packet) {
        return ((LiveLink) link).received(packet);
    }

    /** Runs as a packet of the link would. */
    public static void inMailbox(Link link, Runnable task) {
        ((LiveLink) link).mailbox().run(task);
    }

    /** Runs when the program has been told everything up to now. */
    public static void afterCallbacks(Link link, Runnable task) {
        ((LiveLink) link).callbacks().execute(task);
    }

    public static LinkRequests requests(Link link) {
        return ((LiveLink) link).parts().requests();
    }

    public static double keepaliveSeconds(Link link) {
        return ((Long) Inside.get(machine(link), "keepalive")) / 1e9;
    }

    public static int staleFactor() {
        return (Integer) Inside.constant(LinkMachine.class, "STALE_FACTOR");
    }

    /** Nanoseconds between the making of a link and its giving up while nobody answers. */
    public static long establishNanos(Link link) {
        LinkMachine machine = machine(link);
        return (Long) Inside.get(machine, "establishDeadline") - machine.activatedNanos();
    }

    /** Shortens the time after which a silent link is doubted. */
    public static void keepalive(Link link, double seconds) {
        Inside.set(machine(link), "keepalive", Math.round(seconds * 1e9));
    }

    /** Nanoseconds since the last keepalive that the watchdog sent; empty where it has sent none. */
    public static Optional<Long> keepaliveAge(Link link) {
        LinkMachine machine = machine(link);
        return (Boolean) Inside.get(machine, "keepaliveSent")
                ? Optional.of(((LiveLink) link).now() - (Long) Inside.get(machine, "lastKeepalive"))
                : Optional.empty();
    }

    /** As if this end had said nothing for as long as a keepalive takes. */
    public static void silent(Link link) {
        LinkMachine machine = machine(link);
        machine.sent(((LiveLink) link).now() - (Long) Inside.get(machine, "keepalive"));
    }

    public static void roundTrip(Link link, double seconds) {
        ((LiveLink) link).roundTripSeconds = seconds;
    }

    public static double roundTrip(Link link) {
        return ((LiveLink) link).roundTripSeconds;
    }

    public static long heardNanos(Link link) {
        return machine(link).lastHeardNanos();
    }

    public static double largestKeepaliveSeconds() {
        return (Double) Inside.constant(LinkMachine.class, "KEEPALIVE_MAX");
    }

    private static LinkMachine machine(Link link) {
        return ((LiveLink) link).machine();
    }
}
