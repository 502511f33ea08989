package io.kairos.admin.shell.identity;

import io.kairos.admin.shell.NodeCommand;
import io.kairos.admin.shell.Services;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.LocalIdentity;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Makes an identity. */
@Service
@Command(scope = "identity", name = "create", description = "Makes a new identity")
public final class CreateCommand extends NodeCommand {

    @Argument(name = "name", description = "Its name on this node: a-z, 0-9, dot, hyphen, underscore", required = true)
    private String name;

    @Override
    protected void run(Services services, PrintStream out) {
        IdentityStore store = services.require(IdentityStore.class);
        LocalIdentity made = store.create(Identities.newName(store, name));
        out.println("Made identity %s: %s".formatted(made.name(), made.hash().toHex()));
        out.println("Back it up: identity:export %s -f <file>".formatted(made.name()));
    }
}
