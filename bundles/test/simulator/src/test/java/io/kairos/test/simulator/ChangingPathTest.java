package io.kairos.test.simulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.link.Link;
import io.kairos.api.link.ResourceTransfer;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.test.kit.PipedInterface;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that end, and what becomes of what ran over them. */
class ChangingPathTest {

    private static final InterfacePolicy GATEWAY =
            InterfacePolicy.parse(Map.of("ingress.control", "false", "mode", "gateway"), 16);

    @TempDir
    private Path folder;

    @Test
    void aPathThatNobodyUsedForAWeekIsForgottenAndFoundAgainByAsking() {
        Mesh mesh = new Mesh(31, folder);
        Node alice = mesh.node("alice");
        Node middle = mesh.node("middle");
        Node bob = mesh.node("bob");
        mesh.join(alice, middle, Mesh.CABLE, GATEWAY);
        mesh.join(middle, bob, Mesh.CABLE, GATEWAY);
        bob.announce();
        mesh.until("the path is known", Duration.ofMinutes(1), () -> alice.knowsPath(bob));

        mesh.pass(Duration.ofDays(7).minusMinutes(5));
        assertTrue(alice.knowsPath(bob), "not before a week");
        mesh.pass(Duration.ofMinutes(15));
        assertFalse(alice.knowsPath(bob));
        assertFalse(middle.knowsPath(bob));

        CompletableFuture<Boolean> found = alice.core
                .packetRouter()
                .requestPath(bob.address(), Duration.ofSeconds(15))
                .toCompletableFuture();
        mesh.until("there is an answer", Duration.ofSeconds(20), found::isDone);

        assertTrue(found.join());
        assertEquals(2, alice.hops(bob));
        alice.endpoints.send(bob.address(), new byte[] {1});
        mesh.pass(Duration.ofSeconds(5));
        assertEquals(1, bob.received.size());
    }

    /** Two ways of equal length; what is cut is the end at the sender, so that it knows, or the far one, so that it does not. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLinkWhoseWayEndsInTheMiddleOfAResourceFailsAndANewOneTakesTheOther(boolean near) throws IOException {
        Mesh mesh = new Mesh(32, folder);
        Node alice = mesh.node("alice");
        Node bob = mesh.node("bob");
        Node left = mesh.node("left");
        Node right = mesh.node("right");
        PipedInterface.Pair leftNear = mesh.join(alice, left, Mesh.CABLE, Mesh.PATIENT);
        PipedInterface.Pair leftFar = mesh.join(left, bob, Mesh.CABLE, Mesh.PATIENT);
        PipedInterface.Pair rightNear = mesh.join(alice, right, Mesh.CABLE, Mesh.PATIENT);
        PipedInterface.Pair rightFar = mesh.join(right, bob, Mesh.CABLE, Mesh.PATIENT);
        bob.announce();
        mesh.pass(Duration.ofMinutes(1));
        Download download = new Download(mesh, alice, bob);
        Link link = download.connect(1);
        boolean overLeft = link.interfaceName().equals(leftNear.left().name());
        PipedInterface.Pair cut = near ? overLeft ? leftNear : rightNear : overLeft ? leftFar : rightFar;

        ResourceTransfer broken = download.begin(link, 2_000_000);
        mesh.until("a part has arrived", Duration.ofMinutes(1), () -> broken.progress() > 0.02);
        assertFalse(Download.isOver(broken), "cut in the middle");
        cut.up(false);
        mesh.until("the transfer fails", Download.PATIENCE, () -> Download.isOver(broken));
        mesh.until(
                "both ends notice",
                Duration.ofMinutes(30),
                () -> link.state() == Link.State.CLOSED && bob.endpoints.links().isEmpty());

        assertEquals(ResourceTransfer.Status.FAILED, broken.status());
        assertTrue(alice.endpoints.links().isEmpty());
        if (!near) { // nobody told alice; the next announce comes over the way that is left
            mesh.pass(Duration.ofMinutes(1));
            bob.announce();
            mesh.pass(Duration.ofMinutes(1));
        }
        Link other = download.connect(1);
        assertFalse(other.interfaceName().equals(link.interfaceName()), "it takes the other way");
        assertEquals(ResourceTransfer.Status.COMPLETE, download.send(other, 200_000));
        assertArrayEquals(download.sent(), download.received());
    }
}
