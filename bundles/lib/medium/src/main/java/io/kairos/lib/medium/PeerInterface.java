package io.kairos.lib.medium;

import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.LinkBudget;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.Neighbour;
import io.kairos.api.transport.PacketSink;
import io.kairos.api.transport.Reading;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;

/**
 * One neighbour of a {@link PeersInterface}, with the settings of its parent. It ends with its line, or is opened again for
 * as long as its parent wants it.
 *
 * <p>Threads: any.
 */
public final class PeerInterface implements MeshInterface {

    private final PeersInterface<?> parent;
    private final String name;
    private final String description;
    private final Supplier<LinkBudget> budget;
    private final Attachment attachment;
    private final LineKeeper keeper;

    PeerInterface(
            PeersInterface<?> parent,
            String name,
            String description,
            Supplier<LinkBudget> budget,
            LineKeeper.Source source) {
        this.budget = budget;
        this.parent = parent;
        this.name = name;
        this.description = description;
        this.attachment = parent.newAttachment(() -> name);
        this.keeper = parent.newKeeper(() -> name, attachment, source, () -> parent.drop(this));
    }

    void open() {
        keeper.start();
    }

    /** The next attempt is made at once. */
    public void tryNow() {
        keeper.tryNow();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String kind() {
        return parent.kind();
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public void attach(PacketSink core) {
        attachment.attach(core);
    }

    @Override
    public void detach() {
        attachment.detach();
    }

    @Override
    public InterfaceStatus status() {
        return attachment.status();
    }

    @Override
    public LinkBudget budget() {
        return budget.get();
    }

    @Override
    public InterfacePolicy policy() {
        return parent.policyOf(this);
    }

    @Override
    public InterfaceCounters counters() {
        return attachment.counters();
    }

    @Override
    public List<Neighbour> neighbours() {
        return attachment.neighbours().read();
    }

    @Override
    public List<Reading> readings() {
        return keeper.readings();
    }

    @Override
    public void send(ByteBuffer packet) {
        keeper.send(packet);
    }

    @Override
    public void flush() {
        keeper.flush();
    }

    @Override
    public void close() {
        attachment.close();
        keeper.close();
    }
}
