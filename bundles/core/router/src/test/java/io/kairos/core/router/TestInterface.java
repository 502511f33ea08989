package io.kairos.core.router;

import io.kairos.api.failure.Failure;
import io.kairos.api.transport.Endpoint;
import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.LinkBudget;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.Neighbour;
import io.kairos.api.transport.PacketSink;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An interface that keeps what is sent and, where it is wired to another one, hands it over at once. */
final class TestInterface implements MeshInterface {

    private final String name;
    private final List<byte[]> sent = new ArrayList<>();
    private TestInterface peer;
    private PacketSink sink;
    private InterfaceStatus status = InterfaceStatus.of(InterfaceState.UP);
    private LinkBudget budget = LinkBudget.automatic(10_000_000);
    private InterfacePolicy policy = InterfacePolicy.DEFAULT;
    private Set<Endpoint> endpoints = Set.of();
    private List<Neighbour> neighbours = List.of();
    private boolean program;
    private boolean sharedInstance;
    private int flushes;

    TestInterface(String name) {
        this.name = name;
    }

    static TestInterface open(String name, RouterCore core) {
        TestInterface made = new TestInterface(name);
        core.attach(made);
        return made;
    }

    TestInterface hears(Neighbour... heard) {
        neighbours = List.of(heard);
        return this;
    }

    @Override
    public List<Neighbour> neighbours() {
        return neighbours;
    }

    /** As if a program on this machine were behind it. */
    static TestInterface program(String name, RouterCore core) {
        TestInterface made = new TestInterface(name);
        made.program = true;
        made.policy = made.policy("ingress.control", "false").policy;
        core.attach(made);
        return made;
    }

    /** As if it were the way to the shared instance of this machine. */
    static TestInterface sharedInstance(String name, RouterCore core) {
        TestInterface made = new TestInterface(name);
        made.sharedInstance = true;
        made.policy = made.policy("ingress.control", "false").policy;
        core.attach(made);
        return made;
    }

    /** Wires two ends; packets pass at once, on the sender's stack. */
    void wire(TestInterface other) {
        peer = other;
        other.peer = this;
    }

    TestInterface budget(LinkBudget other) {
        budget = other;
        tell();
        return this;
    }

    /** Settings as in a configuration: key, value, key, value. */
    TestInterface policy(String... settings) {
        Map<String, String> properties = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            properties.put(settings[i], settings[i + 1]);
        }
        policy = InterfacePolicy.parse(properties, 16);
        tell();
        return this;
    }

    TestInterface meetingAt(Endpoint endpoint) {
        endpoints = Set.of(endpoint);
        return this;
    }

    @Override
    public Set<Endpoint> endpoints() {
        return endpoints;
    }

    TestInterface tunnel() {
        policy = policy.withTunnel();
        return this;
    }

    void up(boolean isUp) {
        status = isUp
                ? InterfaceStatus.of(InterfaceState.UP)
                : InterfaceStatus.down(new Failure(Failure.Kind.NETWORK, "The test has cut the line", "Wait."));
        tell();
    }

    private void tell() {
        if (sink != null) {
            sink.changed();
        }
    }

    /** A packet arrives in a buffer with something before and behind it, as real ones do. */
    void receive(byte[] packet) {
        byte[] lent = new byte[packet.length + 20];
        System.arraycopy(packet, 0, lent, 7, packet.length);
        ByteBuffer buffer = ByteBuffer.wrap(lent, 7, packet.length);
        sink.received(buffer);
        if (buffer.position() != 7 || buffer.limit() != 7 + packet.length) {
            throw new AssertionError("the lent buffer was not given back as it was");
        }
        sink.endOfBurst();
    }

    /** What was sent since the last call. */
    List<byte[]> drain() {
        List<byte[]> drained = List.copyOf(sent);
        sent.clear();
        return drained;
    }

    int flushes() {
        return flushes;
    }

    PacketSink sink() {
        return sink;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String kind() {
        return "test";
    }

    @Override
    public String description() {
        return "TestInterface[" + name + "]";
    }

    @Override
    public void attach(PacketSink newSink) {
        sink = newSink;
    }

    @Override
    public void detach() {
        sink = null;
    }

    @Override
    public InterfaceStatus status() {
        return status;
    }

    @Override
    public LinkBudget budget() {
        return budget;
    }

    @Override
    public InterfacePolicy policy() {
        return policy;
    }

    @Override
    public boolean servesLocalProgram() {
        return program;
    }

    @Override
    public boolean leadsToSharedInstance() {
        return sharedInstance;
    }

    @Override
    public InterfaceCounters counters() {
        return InterfaceCounters.NONE;
    }

    @Override
    public void send(ByteBuffer packet) {
        byte[] copy = new byte[packet.remaining()];
        packet.get(copy);
        if (!status.isUp()) {
            return;
        }
        sent.add(copy);
        if (peer != null && peer.sink != null && peer.status.isUp()) {
            peer.receive(copy);
        }
    }

    @Override
    public void flush() {
        flushes++;
    }

    @Override
    public void close() {
        status = InterfaceStatus.of(InterfaceState.CLOSED);
    }
}
