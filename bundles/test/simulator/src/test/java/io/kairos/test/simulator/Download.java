package io.kairos.test.simulator;

import io.kairos.api.link.Link;
import io.kairos.api.link.ResourceData;
import io.kairos.api.link.ResourceOptions;
import io.kairos.api.link.ResourceTransfer;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** A resource that is sent from one node to another over a link. */
final class Download {

    /** What does not end by itself within this time hangs. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final ResourceOptions RAW = new ResourceOptions(Optional.empty(), false);

    private final Mesh mesh;
    private final Node from;
    private final Node to;
    private final List<ResourceTransfer> incoming = new ArrayList<>();
    private byte[] sent = {};

    Download(Mesh mesh, Node from, Node to) {
        this.mesh = mesh;
        this.from = from;
        this.to = to;
        to.destination.onLink(link -> {
            link.acceptResources(offer -> Link.Decision.ACCEPT);
            link.onResource(incoming::add);
        });
    }

    /** Opens a link, at the last of {@code attempts} at the latest. */
    Link connect(int attempts) {
        for (int i = 0; i < attempts; i++) {
            CompletableFuture<Link> opening =
                    from.endpoints.connect(to.address()).toCompletableFuture();
            mesh.until("opening the link ends", Duration.ofMinutes(3), opening::isDone);
            if (!opening.isCompletedExceptionally()) {
                return opening.join();
            }
        }
        throw new AssertionError("no link in %d attempts, seed %d".formatted(attempts, mesh.seed));
    }

    /** Begins to send random bytes. */
    ResourceTransfer begin(Link link, int bytes) {
        sent = new byte[bytes];
        new Random(mesh.seed).nextBytes(sent);
        return link.send(ResourceData.of(sent), RAW);
    }

    /** Sends random bytes and waits for the end of it on both sides. */
    ResourceTransfer.Status send(Link link, int bytes) {
        ResourceTransfer outgoing = begin(link, bytes);
        mesh.until("the transfer ends", PATIENCE, () -> isOver(outgoing));
        return outgoing.status();
    }

    static boolean isOver(ResourceTransfer transfer) {
        return transfer.outcome().toCompletableFuture().isDone();
    }

    byte[] sent() {
        return sent;
    }

    /** How many transfers have begun at the receiver. */
    int count() {
        return incoming.size();
    }

    ResourceTransfer newest() {
        return incoming.get(incoming.size() - 1);
    }

    byte[] received() throws IOException {
        try (InputStream in = newest().data().orElseThrow().open(0)) {
            return in.readAllBytes();
        }
    }
}
