package io.kairos.admin.shell.identity;

import io.kairos.admin.shell.NodeCommand;
import io.kairos.admin.shell.Services;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.LocalIdentity;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Takes over an identity from its private keys. */
@Service
@Command(
        scope = "identity",
        name = "import",
        description = "Takes over an identity from a file or from the text of its private keys",
        detailedDescription =
                "Reads identity files of Reticulum programs (64 bytes), 128 hexadecimal digits, or Base32. What is"
                        + " typed here stays in the history of the console: prefer a file.")
public final class ImportCommand extends NodeCommand {

    @Argument(
            index = 0,
            name = "name",
            description = "Its name on this node: a-z, 0-9, dot, hyphen, underscore",
            required = true)
    private String name;

    @Argument(index = 1, name = "source", description = "A file, or the text of private keys", required = true)
    @Completion(org.apache.karaf.shell.support.completers.FileCompleter.class)
    private String source;

    @Override
    protected void run(Services services, PrintStream out) {
        IdentityStore store = services.require(IdentityStore.class);
        String unused = Identities.newName(store, name);
        byte[] keys = keys();
        try {
            LocalIdentity taken = store.importKeys(unused, keys);
            out.println("Imported identity %s: %s"
                    .formatted(taken.name(), taken.hash().toHex()));
        } finally {
            Arrays.fill(keys, (byte) 0);
        }
    }

    private byte[] keys() {
        try {
            Path file = session().currentDir().resolve(source);
            if (Files.isRegularFile(file)) {
                return KeyFile.read(file);
            }
        } catch (InvalidPathException e) {
            // no path, so it has to be text
        }
        return KeyText.parse(source);
    }
}
