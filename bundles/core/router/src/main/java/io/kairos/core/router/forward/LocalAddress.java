package io.kairos.core.router.forward;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.routing.LocalReceiver;
import io.kairos.core.router.table.Keyed;

/** An address of this node and who lives there. */
public final class LocalAddress extends Keyed {

    private final int type;
    private final LocalReceiver receiver;

    public LocalAddress(DestinationHash address, DestinationType type, LocalReceiver receiver) {
        super(address.high(), address.low());
        this.type = type.bits();
        this.receiver = receiver;
    }

    /** Bits of the destination type. */
    public int type() {
        return type;
    }

    public LocalReceiver receiver() {
        return receiver;
    }
}
