package io.kairos.admin.shell;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.Networks;
import java.io.PrintStream;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every command shares: it finds services when it runs, and whatever goes wrong is told as a message and a remedy
 * while scripts see that it failed.
 */
public abstract class NodeCommand implements Action {

    private static final Logger LOG = LoggerFactory.getLogger(NodeCommand.class);

    @Reference
    private BundleContext context;

    @Reference
    private Session session;

    @Option(name = "--network", description = "The network to look at; mesh:networks lists them")
    @Completion(NetworkCompleter.class)
    private String network;

    /** Does the work; failures are thrown as {@link MeshException}. */
    protected abstract void run(Services services, PrintStream out) throws InterruptedException;

    @Override
    public final Object execute() throws Exception {
        try (OsgiServices services = new OsgiServices(context)) {
            LateOptions.sort(this);
            run(chosen(services), System.out);
            return null;
        } catch (RuntimeException e) {
            Failure failure = failureOf(e);
            if (failure.kind() == Failure.Kind.BUG) {
                LOG.error("A command failed", e);
            }
            throw new CommandException(failure.toText(), failure.message(), e);
        }
    }

    /** The network to look at where the operator names none; empty: all of them. */
    protected Optional<String> usualNetwork() {
        return Optional.of(Networks.MAIN);
    }

    /** The network to look at. */
    protected final Optional<String> network() {
        return Optional.ofNullable(network).or(this::usualNetwork);
    }

    private Services chosen(Services services) {
        if (network != null) {
            Set<String> names = NetworkCompleter.names(services);
            if (!names.contains(network)) {
                throw Arguments.wrong(
                        "This node has no network %s.".formatted(network),
                        "There is: %s. A file etc/%s-NAME.cfg makes another."
                                .formatted(String.join(", ", names), Networks.PID));
            }
        }
        return network().map(services::in).orElse(services);
    }

    protected final BundleContext context() {
        return context;
    }

    protected final Session session() {
        return session;
    }

    /** A file or folder as the operator means it; addresses stay as they are. */
    protected final String source(String text) {
        if (text.startsWith("http:") || text.startsWith("https:") || text.startsWith("mesh:")) {
            return text;
        }
        String expanded = text.startsWith("~/") ? System.getProperty("user.home") + text.substring(1) : text;
        return session == null
                ? expanded
                : session.currentDir().resolve(expanded).normalize().toString();
    }

    static Failure failureOf(Throwable thrown) {
        if (thrown instanceof MeshException known) {
            return known.failure();
        }
        if (thrown instanceof CompletionException && thrown.getCause() != null) {
            return failureOf(thrown.getCause());
        }
        return new Failure(
                Failure.Kind.BUG,
                "The command failed: " + thrown,
                "This is a mistake in Kairos. log:display shows where; please report it.");
    }
}
