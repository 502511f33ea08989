package io.kairos.test.container;

import static org.junit.Assert.assertEquals;

import io.kairos.api.identity.IdentityStore;
import io.kairos.api.link.DestinationSettings;
import io.kairos.api.link.Endpoints;
import io.kairos.api.link.Link;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.routing.PathTable;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A neighbour on UDP that asks a destination of the node over one link, ten times a second, until it is closed. */
final class Neighbour implements AutoCloseable {

    static final String INTERFACE = "udp0";

    private static final String ECHO = "/echo";
    private static final int CONNECT_SECONDS = 20;

    private final Node node;
    private final Interfaces interfaces;
    private final LocalDestination echo;
    private final PeerProcess peer;
    private DestinationHash address;

    Neighbour(Node node, Interfaces interfaces) throws Exception {
        this.node = node;
        this.interfaces = interfaces;
        int here = Interfaces.freeUdpPort();
        int there = Interfaces.freeUdpPort();
        interfaces.add(
                "io.kairos.transport.udp",
                INTERFACE,
                Map.of(
                        "listen.host",
                        "127.0.0.1",
                        "listen.port",
                        here,
                        "forward.host",
                        "127.0.0.1",
                        "forward.port",
                        there));
        interfaces.awaitUp(INTERFACE);
        echo = node.service(Endpoints.class)
                .open(DestinationSettings.single(
                        "kairos.test.echo", node.service(IdentityStore.class).node()));
        echo.onRequest(ECHO, LocalDestination.Access.EVERYBODY, Set.of(), request -> String.valueOf(request.data()));
        peer = new PeerProcess(there, here);
        Node.await("the neighbour is heard", () -> {
            address = peer.announce();
            return node.service(PathTable.class).find(address).isPresent();
        });
        echo.announce(Optional.empty());
        peer.connect(echo.address());
        peer.ask(ECHO);
        awaitAnswers(5);
    }

    /** Its own destination, which accepts links. */
    DestinationHash address() {
        return address;
    }

    PeerProcess peer() {
        return peer;
    }

    void announce() throws Exception {
        peer.announce();
    }

    void awaitAnswers(int more) throws Exception {
        long enough = peer.asked().answered() + more;
        Node.await(more + " more answers", () -> peer.asked().answered() >= enough);
    }

    /** Goes on for a while after what happened; then none may be missing. */
    void everyQuestionIsAnswered() throws Exception {
        awaitAnswers(10);
        PeerProcess.Asked all = peer.halt();
        System.out.println(all);
        assertEquals(all.toString(), "", all.lost());
        assertEquals(all.toString(), all.sent(), all.answered());
        assertEquals(all.toString(), "ACTIVE", all.state());
    }

    /** From here to the neighbour, and from there again. */
    void anotherLinkCanBeMade() throws Exception {
        Link own = node.service(Endpoints.class)
                .connect(address)
                .toCompletableFuture()
                .get(CONNECT_SECONDS, TimeUnit.SECONDS);
        assertEquals(Link.State.ACTIVE, own.state());
        own.close();
        peer.connect(echo.address());
    }

    @Override
    public void close() throws Exception {
        echo.close();
        peer.close();
        interfaces.remove(INTERFACE);
    }
}
