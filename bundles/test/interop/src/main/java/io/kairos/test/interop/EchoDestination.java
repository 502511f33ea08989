package io.kairos.test.interop;

import io.kairos.api.link.FileResponse;
import io.kairos.api.link.Link;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.link.LocalDestination.Access;
import io.kairos.api.link.LocalDestination.IncomingRequest;
import io.kairos.api.link.ResourceData;
import io.kairos.api.link.ResourceOptions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What the standard peer of the interoperability tests does at its destination. */
final class EchoDestination {

    private final Executor executor;
    private final Consumer<PeerLink> links;

    /**
     * @param executor runs what must not block the core
     * @param links is told of each link
     */
    EchoDestination(Executor executor, Consumer<PeerLink> links) {
        this.executor = executor;
        this.links = links;
    }

    void serve(LocalDestination destination) {
        destination.onLink(link -> links.accept(new PeerLink(link, executor, true)));
        answer(destination, "/echo", IncomingRequest::data);
        answer(destination, "/size", request -> Content.of("random", 7, number(request.data())));
        answer(
                destination,
                "/file",
                request -> FileResponse.named(
                        "answer.bin", ResourceData.of(Content.of("random", 9, number(request.data())))));
        answer(
                destination,
                "/identity",
                request -> request.remoteIdentity().map(hash -> hash.toBytes()).orElse(new byte[0]));
        answer(destination, "/resource", this::sendResource);
    }

    private static void answer(LocalDestination destination, String path, LocalDestination.RequestHandler handler) {
        destination.onRequest(path, Access.EVERYBODY, Set.of(), handler);
    }

    /** The data are kind, seed, size, whether to compress, and metadata or nil. */
    private Object sendResource(IncomingRequest request) {
        List<?> wanted = (List<?>) request.data();
        byte[] content = Content.of(wanted.get(0).toString(), number(wanted.get(1)), number(wanted.get(2)));
        ResourceOptions options =
                new ResourceOptions(Optional.ofNullable(wanted.get(4)), Boolean.TRUE.equals(wanted.get(3)));
        Link link = request.link();
        executor.execute(() -> link.send(ResourceData.of(content), options));
        return true;
    }

    private static int number(Object value) {
        return ((Number) value).intValue();
    }
}
