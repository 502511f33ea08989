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
    private final LineKeeper keeper;

    PeerInterface(PeersInterface<?> parent, String name, String description, Supplier<LinkBudget> budget) {
        this.budget = budget;
        this.parent = parent;
        this.name = name;
        this.description = description;
        this.keeper = parent.newKeeper(() -> name);
    }

    void openOnce(Line line) {
        keeper.openOnce(line, why -> parent.drop(this));
    }

    void open(Supplier<Line> lines, RetryPace pace) {
        keeper.open(lines, pace);
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
        keeper.attach(core);
    }

    @Override
    public void detach() {
        keeper.detach();
    }

    @Override
    public InterfaceStatus status() {
        return keeper.status();
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
        return keeper.counters();
    }

    @Override
    public List<Neighbour> neighbours() {
        return keeper.neighbours();
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
        keeper.close();
    }
}
