package io.kairos.api.routing;

import io.kairos.api.failure.Failure;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfaceMode;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.LinkBudget;
import io.kairos.api.transport.Offer;
import io.kairos.api.transport.Reading;
import io.kairos.api.transport.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The node's router, for operators' tools. Threads: any; snapshots, never blocks the router. */
@ProviderType
public interface Router {

    /** Which mesh it serves. */
    String network();

    /** Address by which other nodes route through this one. */
    DestinationHash transportId();

    /** Whether it forwards for others (in Reticulum's words: transport is enabled). */
    boolean forwards();

    /** How long it has run. */
    Duration uptime();

    /** All interfaces, parents before their children. */
    List<InterfaceView> interfaces();

    /** Announces heard lately, newest first; a bounded list. */
    List<AnnounceView> announces();

    /** Packets refused or dropped since the start, by reason; reasons are stable words such as {@code malformed}. */
    Map<String, Long> refusals();

    /** Packets forwarded for others since the start. */
    long forwardedPackets();

    /** Links of others that pass through. */
    int transitLinks();

    /** More about the interface of a name; empty where there is none. */
    default Optional<InterfaceDetails> details(String interfaceName) {
        return Optional.empty();
    }

    /** What the medium of an interface tells of itself; empty where there is no such interface. */
    default Optional<MediumView> medium(String interfaceName) {
        return Optional.empty();
    }

    /** Whether a destination of this node itself, not of a program that it serves, has this address. */
    default boolean livesHere(DestinationHash destination) {
        return false;
    }

    /**
     * How well a packet was heard; known for the last 512 packets of media that measure it.
     *
     * @param packetHash 32 bytes
     */
    default Optional<Signal> signalOf(byte[] packetHash) {
        return Optional.empty();
    }

    /**
     * One interface.
     *
     * @param name as its operator calls it
     * @param kind kind of medium
     * @param description the text Reticulum programs know it by
     * @param parent name of the interface whose child it is
     * @param state where it is in its life
     * @param failure why it is not up
     * @param mode what it is for
     * @param budget what a packet costs
     * @param closed whether an access code closes it to strangers
     * @param counters what has come and gone
     * @param heldAnnounces announces held back by ingress control
     * @param queuedAnnounces announces that wait for the announce cap
     * @param incomingAnnouncesPerSecond rate at this moment
     * @param outgoingAnnouncesPerSecond rate at this moment
     * @param incomingPathRequestsPerSecond rate at this moment
     * @param outgoingPathRequestsPerSecond rate at this moment
     * @param burst whether ingress control is active
     * @param tunnel whether a tunnel is attached
     * @param sinceMillis wall-clock time since when the core knows it
     */
    record InterfaceView(
            String name,
            String kind,
            String description,
            Optional<String> parent,
            InterfaceState state,
            Optional<Failure> failure,
            InterfaceMode mode,
            LinkBudget budget,
            boolean closed,
            InterfaceCounters counters,
            int heldAnnounces,
            int queuedAnnounces,
            double incomingAnnouncesPerSecond,
            double outgoingAnnouncesPerSecond,
            double incomingPathRequestsPerSecond,
            double outgoingPathRequestsPerSecond,
            boolean burst,
            boolean tunnel,
            long sinceMillis) {}

    /**
     * What only few displays show of an interface.
     *
     * @param policy how the core treats it
     * @param announceBurst whether announces are held back because too many come
     * @param announceBurstMillis wall-clock time when the last such time began; 0 for never
     * @param requestBurst whether path requests are limited because too many come
     * @param requestBurstMillis wall-clock time when the last such time began; 0 for never
     * @param accessSignature 128 hexadecimal digits by which neighbours compare access codes without telling them; empty for
     *     an open interface
     */
    record InterfaceDetails(
            InterfacePolicy policy,
            boolean announceBurst,
            long announceBurstMillis,
            boolean requestBurst,
            long requestBurstMillis,
            Optional<String> accessSignature) {}

    /**
     * What the medium of an interface tells of itself.
     *
     * @param readings the latest value of each thing it measures
     * @param offer how others join it, where they can
     */
    record MediumView(List<Reading> readings, Optional<Offer> offer) {

        public MediumView {
            readings = List.copyOf(readings);
        }
    }

    /**
     * An announce that was heard.
     *
     * @param destination who announced
     * @param hops how far away
     * @param interfaceName over which interface
     * @param heardMillis wall-clock time
     * @param pathResponse whether it answered a path request
     * @param accepted whether it changed the path in use
     */
    record AnnounceView(
            DestinationHash destination,
            int hops,
            String interfaceName,
            long heardMillis,
            boolean pathResponse,
            boolean accepted) {}
}
