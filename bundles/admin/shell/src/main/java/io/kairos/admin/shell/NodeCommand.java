package io.kairos.admin.shell;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.io.PrintStream;
import java.util.concurrent.CompletionException;
import org.apache.karaf.shell.api.action.Action;
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

    /** Does the work; failures are thrown as {@link MeshException}. */
    protected abstract void run(Services services, PrintStream out) throws InterruptedException;

    @Override
    public final Object execute() throws Exception {
        try (OsgiServices services = new OsgiServices(context)) {
            LateOptions.sort(this);
            run(services, System.out);
            return null;
        } catch (RuntimeException e) {
            Failure failure = failureOf(e);
            if (failure.kind() == Failure.Kind.BUG) {
                LOG.error("A command failed", e);
            }
            throw new CommandException(failure.toText(), failure.message(), e);
        }
    }

    protected final BundleContext context() {
        return context;
    }

    protected final Session session() {
        return session;
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
