package io.kairos.admin.shell.files;

import io.kairos.admin.shell.Arguments;
import io.kairos.admin.shell.Patience;
import io.kairos.admin.shell.Services;
import io.kairos.admin.shell.Units;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.files.RemoteCommands;
import io.kairos.api.files.RemoteCommands.Command;
import io.kairos.api.files.RemoteCommands.Result;
import io.kairos.api.time.Clock;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What {@code node:run} and {@code rnx} do. */
final class RunWork {

    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Services services;
    private final PrintStream out;

    RunWork(Services services, PrintStream out) {
        this.services = services;
        this.out = out;
    }

    /** @param detailed whether times and lengths are told, too */
    void run(String destination, Command command, boolean detailed) throws InterruptedException {
        CompletableFuture<Result> running = services.require(RemoteCommands.class)
                .run(Arguments.destination(destination), command)
                .toCompletableFuture();
        Duration bound = command.patience().plus(command.timeout()).plus(GRACE).multipliedBy(2);
        if (!new Patience(services.require(Clock.class)).until(running::isDone, bound)) {
            throw new MeshException(
                    Failure.Kind.NETWORK, "There was no result in time.", "Allow more time: -w and --timeout.");
        }
        Result result;
        try {
            result = running.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : e;
        }
        tell(result, detailed);
    }

    private void tell(Result result, boolean detailed) {
        if (!result.started()) {
            throw new MeshException(
                    Failure.Kind.PEER,
                    "The command could not be started there.",
                    "Check the program's name; no shell reads the line. sh -c '…' asks for one.");
        }
        print(result.output());
        print(result.error());
        if (detailed) {
            out.println("Took " + Units.shortTime(result.took()) + ", output " + Units.bytes(result.outputBytes())
                    + ", errors " + Units.bytes(result.errorBytes()) + ".");
        }
        if (result.outputBytes() > result.output().length || result.errorBytes() > result.error().length) {
            out.println("(cut: there was more)");
        }
        if (result.status().isEmpty()) {
            throw new MeshException(
                    Failure.Kind.PEER, "The command took too long and was ended.", "Allow more time: --timeout.");
        }
        int status = result.status().getAsInt();
        if (status != 0) {
            throw new MeshException(
                    Failure.Kind.PEER,
                    "The command ended with status " + status + ".",
                    "See what it has written above.");
        }
    }

    /** Another machine's text steers no terminal: control characters other than line ends are replaced. */
    private void print(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        text.lines().forEach(line -> out.println(Units.printable(line.replace("\t", "    "))));
    }
}
