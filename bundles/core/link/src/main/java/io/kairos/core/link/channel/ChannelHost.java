package io.kairos.core.link.channel;

import io.kairos.core.link.LinkWire;
import io.kairos.core.link.Surroundings;
import io.kairos.core.link.actor.Mailbox;
import io.kairos.core.link.actor.SerialQueue;

/** What the channel of a link needs of it. Threads: any. */
public interface ChannelHost {

    Surroundings surroundings();

    LinkWire wire();

    Mailbox mailbox();

    SerialQueue callbacks();

    /** Round-trip time of the link in seconds. */
    double roundTripSeconds();

    /** The other end has not proved a message in five tries: the link is of no use. */
    void channelFailed();
}
