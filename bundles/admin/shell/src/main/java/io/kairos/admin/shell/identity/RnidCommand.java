package io.kairos.admin.shell.identity;

import io.kairos.admin.shell.Arguments;
import io.kairos.admin.shell.LateOptions;
import io.kairos.admin.shell.NodeCommand;
import io.kairos.admin.shell.Services;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.link.Endpoints;
import io.kairos.api.link.LocalDestination;
import io.kairos.lib.bytes.Hashes;
import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** The commands {@code identity:} with the letters of rnid. */
@Service
@Command(
        scope = "*",
        name = "rnid",
        description = "Identities with the letters of Reticulum's rnid",
        detailedDescription =
                "Without an action it shows the identity. Identities are named, not files: identity:import takes a file."
                        + " The same as identity:show, create, encrypt, decrypt, sign and verify.")
public final class RnidCommand extends NodeCommand {

    @Argument(index = 0, name = "identity", description = "The identity, as with -i")
    @Completion(IdentityCompleter.class)
    private String name;

    @Argument(index = 1, name = LateOptions.NAME, description = LateOptions.DESCRIPTION, multiValued = true)
    private List<String> more;

    @Option(name = "-i", aliases = "--identity", description = "Name or hash of an identity")
    private String identity;

    @Option(name = "-g", aliases = "--generate", description = "Make a new identity of this name")
    private String create;

    @Option(
            name = "-p",
            aliases = "--print-identity",
            description = "Show the identity; what happens without an action")
    @SuppressWarnings("UnusedVariable") // accepted for those whose hands know it
    private boolean print;

    @Option(name = "-H", aliases = "--hash", description = "Show the address of a destination of this name")
    private String aspects;

    @Option(name = "-e", aliases = "--encrypt", description = "Encrypt this file to the identity")
    private String encrypt;

    @Option(name = "-d", aliases = "--decrypt", description = "Decrypt this file")
    private String decrypt;

    @Option(name = "-s", aliases = "--sign", description = "Sign this file")
    private String sign;

    @Option(name = "-V", aliases = "--validate", description = "Check the signature of this file")
    private String verify;

    @Option(name = "-w", aliases = "--write", description = "The file to write")
    private String target;

    @Option(name = "-f", aliases = "--force", description = "Overwrite it")
    private boolean force;

    @Override
    protected void run(Services services, PrintStream out) {
        String wanted = identity != null ? identity : name;
        String who = wanted == null ? IdentityStore.NODE : wanted;
        IdentityWork work = new IdentityWork(services, session().currentDir(), out);
        IdentityStore store = services.require(IdentityStore.class);
        if (create != null) {
            LocalIdentity made = store.create(Identities.newName(store, create));
            out.println("New identity %s: %s".formatted(made.name(), made.hash().toHex()));
        } else if (encrypt != null) {
            work.encrypt(encrypt, who, target, force);
        } else if (decrypt != null) {
            work.decrypt(decrypt, who, target, force);
        } else if (sign != null) {
            work.sign(sign, who, target, force);
        } else if (verify != null) {
            work.verify(verify, wanted);
        } else if (aspects != null) {
            out.println(Hashes.destination(
                            Arguments.fullName(aspects),
                            Identities.find(store, who).hash())
                    .toHex());
        } else {
            List<LocalDestination> open =
                    services.find(Endpoints.class).map(Endpoints::destinations).orElse(List.of());
            out.print(new IdentityReport(open).show(Identities.find(store, who)));
        }
    }
}
