package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Arguments;
import io.kairos.admin.shell.Services;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.link.Endpoints;
import io.kairos.api.link.Link;
import io.kairos.api.packet.IdentityHash;
import io.kairos.lib.bytes.Hashes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks another node about itself, as the tools of Reticulum do with -R. */
final class RemoteQuery {

    private static final String MANAGEMENT = "rnstransport.remote.management";
    private static final String BLACKHOLE = "rnstransport.info.blackhole";

    private final Services services;
    private final Duration patience;

    RemoteQuery(Services services, Duration patience) {
        this.services = services;
        this.patience = patience;
    }

    /**
     * Asks its management destination.
     *
     * @param node the node's own identity, in Reticulum's words its transport identity
     * @param identity name of the identity to show, which the other node must allow
     */
    Object manage(String node, String identity, String path, Object data) throws InterruptedException {
        IdentityStore store = services.require(IdentityStore.class);
        LocalIdentity shown = store.find(identity)
                .orElseThrow(() -> Arguments.wrong(
                        "There is no identity '%s'.".formatted(identity), "identity:list shows those of this node."));
        return ask(MANAGEMENT, node, Optional.of(shown), path, data);
    }

    /** Reads the list of refused identities that a node publishes. */
    Object blackhole(String node) throws InterruptedException {
        return ask(BLACKHOLE, node, Optional.empty(), "/list", null);
    }

    private Object ask(String name, String node, Optional<LocalIdentity> identity, String path, Object data)
            throws InterruptedException {
        IdentityHash owner = Arguments.identity(node);
        Endpoints endpoints = services.require(Endpoints.class);
        try (Link link = get(endpoints.connect(Hashes.destination(name, owner)).toCompletableFuture())) {
            identity.ifPresent(link::identify);
            return get(link.request(path, data, patience).response().toCompletableFuture())
                    .value();
        }
    }

    private <T> T get(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof MeshException known ? known : new CompletionException(e.getCause());
        } catch (TimeoutException e) {
            throw new MeshException(
                    Failure.Kind.POLICY,
                    "The other node did not answer in time.",
                    "It may be off or far away (-w 60), not allow remote management, or not allow this identity: such a"
                            + " request is never answered.");
        }
    }
}
