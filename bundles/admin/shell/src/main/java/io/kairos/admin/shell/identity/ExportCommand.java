package io.kairos.admin.shell.identity;

import io.kairos.admin.shell.LateOptions;
import io.kairos.admin.shell.NodeCommand;
import io.kairos.admin.shell.Services;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.LocalIdentity;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Hands out the private keys of an identity. */
@Service
@Command(
        scope = "identity",
        name = "export",
        description = "Writes the private keys of an identity to a file, or shows them",
        detailedDescription =
                "The file has 64 bytes, is readable for its owner alone, and is the identity file of Reticulum"
                        + " programs. It is not encrypted: keep it where you would keep a passport. Without -f the keys"
                        + " are shown as text.")
public final class ExportCommand extends NodeCommand {

    @Argument(name = "name", description = "Name of an identity of this node", required = true)
    @Completion(IdentityCompleter.class)
    private String name;

    @Argument(index = 1, name = LateOptions.NAME, description = LateOptions.DESCRIPTION, multiValued = true)
    private List<String> more;

    @Option(name = "-f", aliases = "--file", description = "Write to this file, which must not exist")
    @Completion(org.apache.karaf.shell.support.completers.FileCompleter.class)
    private String file;

    @Override
    protected void run(Services services, PrintStream out) {
        IdentityStore store = services.require(IdentityStore.class);
        LocalIdentity identity = Identities.find(store, name);
        byte[] keys = store.exportKeys(identity.name());
        try {
            if (file == null) {
                out.print(KeyText.screen(identity.name(), keys));
            } else {
                Path target =
                        session().currentDir().resolve(file).toAbsolutePath().normalize();
                KeyFile.write(target, keys);
                out.println("Written to %s, readable for its owner alone. It is not encrypted.".formatted(target));
            }
        } finally {
            Arrays.fill(keys, (byte) 0);
        }
    }
}
