package io.kairos.core.link.request;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.MeshException;
import io.kairos.api.link.DestinationSettings;
import io.kairos.api.link.FileResponse;
import io.kairos.api.link.Link;
import io.kairos.api.link.LocalDestination.Access;
import io.kairos.api.link.LocalDestination.IncomingRequest;
import io.kairos.api.link.PendingRequest;
import io.kairos.api.link.PendingRequest.Response;
import io.kairos.api.link.PendingRequest.Status;
import io.kairos.api.link.ResourceData;
import io.kairos.api.transport.LinkBudget;
import io.kairos.core.link.TwoNodes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestTest {

    private static final Duration BY_ROUND_TRIP = Duration.ZERO;

    @TempDir
    private Path folder;

    private TwoNodes nodes;
    private Link link;
    private final AtomicReference<IncomingRequest> seen = new AtomicReference<>();

    @BeforeEach
    void connect() {
        nodes = new TwoNodes(folder);
        nodes.destination.onRequest("/echo", Access.EVERYBODY, Set.of(), request -> {
            seen.set(request);
            return request.data();
        });
        link = nodes.connect();
    }

    private Response answer(PendingRequest request) {
        nodes.until("an answer", Duration.ofSeconds(60), () -> request.status() == Status.READY);
        return request.response().toCompletableFuture().join();
    }

    private void assertFails(PendingRequest request) {
        nodes.until("no answer", Duration.ofSeconds(60), () -> request.status() == Status.FAILED);
        Throwable failure = null;
        try {
            request.response().toCompletableFuture().join();
        } catch (CompletionException e) {
            failure = e.getCause();
        }
        assertInstanceOf(MeshException.class, failure);
    }

    @Test
    void aShortQuestionAndItsAnswerTravelInPackets() {
        Response response = answer(link.request("/echo", List.of("hello", 5L), BY_ROUND_TRIP));

        assertEquals(List.of("hello", 5L), response.value());
        assertEquals(10, response.roundTrip().toMillis());
        assertEquals("/echo", seen.get().path());
        assertEquals(1_767_225_600.0, seen.get().requestedAt(), 60);
    }

    @Test
    void whoOpenedALinkCanAnswerOnItToo() {
        link.onRequest("/back", Access.LISTED, Set.of(nodes.right.identity.hash()), IncomingRequest::data);
        byte[] data = new byte[5000];
        new Random(1).nextBytes(data);

        Response shortOne = answer(nodes.accepted().request("/back", 7L, BY_ROUND_TRIP));
        Response longOne = answer(nodes.accepted().request("/back", data, BY_ROUND_TRIP));

        assertEquals(7L, shortOne.value());
        assertArrayEquals(data, (byte[]) longOne.value());
        assertThrows(
                MeshException.class,
                () -> nodes.accepted().onRequest("/no", Access.EVERYBODY, Set.of(), request -> null));
    }

    @Test
    void aLongQuestionAndItsAnswerTravelAsResources() {
        byte[] data = new byte[20_000];
        new Random(1).nextBytes(data);

        assertArrayEquals(data, (byte[])
                answer(link.request("/echo", data, BY_ROUND_TRIP)).value());
    }

    @Test
    void aFileIsAnsweredAsAFile() throws IOException {
        byte[] file = new byte[5000];
        Arrays.fill(file, (byte) 9);
        nodes.destination.onRequest("/file", Access.EVERYBODY, Set.of(), request -> ResourceData.of(file));

        Response response = answer(link.request("/file", null, BY_ROUND_TRIP));

        ResourceData data = assertInstanceOf(ResourceData.class, response.value());
        assertArrayEquals(file, data.open(0).readAllBytes());
        assertTrue(response.metadata().isPresent());
    }

    @Test
    void aFileMayBringMetadata() throws IOException {
        byte[] file = {1, 2, 3};
        nodes.destination.onRequest(
                "/file", Access.EVERYBODY, Set.of(), request -> FileResponse.named("chart.png", ResourceData.of(file)));

        Response response = answer(link.request("/file", null, BY_ROUND_TRIP));

        ResourceData data = assertInstanceOf(ResourceData.class, response.value());
        assertArrayEquals(file, data.open(0).readAllBytes());
        assertEquals(Optional.of(Map.of("name", "chart.png")), response.metadata());
    }

    @Test
    void unknownPathsAndNoAnswersRunIntoTheTimeOut() {
        nodes.destination.onRequest("/none", Access.EVERYBODY, Set.of(), request -> null);

        assertFails(link.request("/unknown", null, BY_ROUND_TRIP));
        assertFails(link.request("/none", null, Duration.ofSeconds(3)));
    }

    @Test
    void onlyListedIdentitiesAreAnswered() {
        nodes.destination.onRequest("/secret", Access.LISTED, Set.of(nodes.left.identity.hash()), request -> "told");
        assertFails(link.request("/secret", null, Duration.ofSeconds(2)));

        link.identify(nodes.left.identity);

        assertEquals(
                "told", answer(link.request("/secret", null, BY_ROUND_TRIP)).value());
    }

    @Test
    void aRemovedHandlerAnswersNoMore() {
        nodes.destination.removeRequestHandler("/echo");

        assertFails(link.request("/echo", "x", Duration.ofSeconds(2)));
    }

    @Test
    void tooLongQuestionsAreRefused() {
        TwoNodes limited = new TwoNodes(folder, LinkBudget.plain(1_000_000, 500), 1, identity -> {
            DestinationSettings open = DestinationSettings.single("kairos.test", identity);
            return new DestinationSettings(
                    open.fullName(),
                    open.type(),
                    open.identity(),
                    Optional.empty(),
                    open.proofs(),
                    true,
                    Optional.empty(),
                    100);
        });
        limited.destination.onRequest("/echo", Access.EVERYBODY, Set.of(), IncomingRequest::data);
        nodes = limited;
        link = limited.connect();

        assertEquals("ok", answer(link.request("/echo", "ok", BY_ROUND_TRIP)).value());
        assertFails(link.request("/echo", new byte[200], Duration.ofSeconds(2)));
        assertFails(link.request("/echo", new byte[2000], Duration.ofSeconds(2)));
    }

    @Test
    void openQuestionsFailWithTheLink() {
        nodes.line.cut(true);
        PendingRequest request = link.request("/echo", "x", Duration.ofHours(1));

        link.close();
        nodes.pass(Duration.ofSeconds(1));

        assertEquals(Status.FAILED, request.status());
    }
}
