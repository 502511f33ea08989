package io.kairos.messaging.execution;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.files.RemoteCommands.Command;
import io.kairos.api.files.RemoteCommands.Result;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.link.Endpoints;
import io.kairos.api.link.Link;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.time.Timers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Asks other nodes to run commands. Threads: any. */
final class CommandClient {

    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final int TRIPS = 4;

    private final Endpoints endpoints;
    private final IdentityStore identities;
    private final Timers timers;

    CommandClient(Endpoints endpoints, IdentityStore identities, Timers timers) {
        this.endpoints = endpoints;
        this.identities = identities;
        this.timers = timers;
    }

    CompletionStage<Result> run(DestinationHash on, Command command) {
        CompletableFuture<Result> result = new CompletableFuture<>();
        Timers.Timer patience = timers.after(
                command.patience(),
                () -> result.completeExceptionally(new MeshException(
                        Failure.Kind.NETWORK,
                        "The destination did not answer in time.",
                        "mesh:path shows whether a way is known; a longer wait (-w 60) helps on slow media.")));
        endpoints.connect(on).whenComplete((link, failure) -> {
            patience.cancel();
            if (failure != null) {
                result.completeExceptionally(
                        failure instanceof CompletionException wrapped ? wrapped.getCause() : failure);
            } else if (result.isDone()) {
                link.close();
            } else {
                ask(link, command, result);
            }
        });
        return result.minimalCompletionStage();
    }

    private void ask(Link link, Command command, CompletableFuture<Result> result) {
        result.whenComplete((value, failure) -> link.close());
        link.onClosed(reason -> result.completeExceptionally(notAllowed("The other end closed the link.")));
        try {
            command.identity()
                    .ifPresent(name -> link.identify(identities.find(name).orElseGet(() -> identities.create(name))));
            Asked asked = new Asked(
                    command.line(),
                    Optional.of(command.timeout()),
                    command.outputLimit(),
                    command.errorLimit(),
                    command.input());
            Duration wait =
                    command.timeout().plus(link.roundTrip().multipliedBy(TRIPS)).plus(GRACE);
            link.request(ExecutionListener.PATH, asked.toList(), wait)
                    .response()
                    .whenComplete((response, failure) -> {
                        if (failure != null) {
                            result.completeExceptionally(notAllowed("There was no result in time."));
                        } else {
                            ResultCodec.decode(response.value())
                                    .ifPresentOrElse(
                                            result::complete,
                                            () -> result.completeExceptionally(
                                                    notAllowed("The answer makes no sense.")));
                        }
                    });
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    private static MeshException notAllowed(String message) {
        return new MeshException(
                Failure.Kind.POLICY,
                message,
                "It may not allow this identity, or the command takes longer: give its operator the hash that identity:list"
                        + " shows, or allow more time.");
    }
}
