package io.kairos.core.link.resource;

import io.kairos.api.link.Link.CloseReason;
import io.kairos.api.link.Link.Decision;
import io.kairos.core.link.LinkTally;
import io.kairos.core.link.LinkWire;
import io.kairos.core.link.Surroundings;
import io.kairos.core.link.actor.Mailbox;
import io.kairos.core.link.actor.SerialQueue;
import io.kairos.lib.wire.ResourceAdvertisement;
import java.util.function.Consumer;

/** What the resources of a link need of it. Methods are called by the mailbox of the link unless said otherwise. */
public interface ResourceHost {

    Surroundings surroundings();

    LinkWire wire();

    Mailbox mailbox();

    LinkTally tally();

    SerialQueue callbacks();

    /** Round-trip time of the link in seconds. */
    double roundTripSeconds();

    /** Bits per second that the handshake suggests. */
    double expectedBits();

    /** Whether control messages may be sent. */
    boolean isActive();

    /** Decides about an offer and tells {@code decided}, at once or later on any thread. */
    void judge(ResourceAdvertisement offer, Consumer<Decision> decided);

    /** A transfer that was accepted begins. */
    void started(ResourceAdvertisement offer, Transfer transfer);

    /** Ends the link after the other side broke the rules. */
    void abort(CloseReason reason);
}
