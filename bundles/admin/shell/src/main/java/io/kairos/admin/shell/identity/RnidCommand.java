package io.kairos.admin.shell.identity;

import io.kairos.admin.shell.Arguments;
import io.kairos.admin.shell.LateOptions;
import io.kairos.admin.shell.NodeCommand;
import io.kairos.admin.shell.Patience;
import io.kairos.admin.shell.Services;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.time.Clock;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
                "Without an action it shows the identity. Identities of this node have names; -i also takes the file of"
                        + " somebody's private keys, -m and -M take keys as text or file, for this command only:"
                        + " identity:import keeps them. The same as identity:show, create, encrypt, decrypt, sign and"
                        + " verify.")
public final class RnidCommand extends NodeCommand {

    @Argument(index = 0, name = "identity", description = "The identity, as with -i")
    @Completion(IdentityCompleter.class)
    private String name;

    @Argument(index = 1, name = LateOptions.NAME, description = LateOptions.DESCRIPTION, multiValued = true)
    private List<String> more;

    @Option(name = "-i", aliases = "--identity", description = "Name or hash of an identity, or a file of private keys")
    String identity;

    @Option(name = "-g", aliases = "--generate", description = "Make a new identity of this name")
    private String create;

    @Option(name = "-m", aliases = "--import-pub", description = "Use these public keys: text or file")
    private String publicKeys;

    @Option(name = "-M", aliases = "--import-prv", description = "Use these private keys: text or file")
    private String privateKeys;

    @Option(name = "-x", aliases = "--export-pub", description = "Show the public keys")
    boolean exportPublic;

    @Option(name = "-X", aliases = "--export-prv", description = "Show the private keys, or write them with -w")
    boolean exportPrivate;

    @Option(name = "-a", aliases = "--announce", description = "Announce the identity's destination of this name")
    String announce;

    @Option(name = "-H", aliases = "--hash", description = "Show the address of a destination of this name")
    String aspects;

    @Option(name = "-p", aliases = "--print-identity", description = "Show the identity; the default")
    boolean print;

    @Option(name = "-P", aliases = "--print-private", description = "With -p: also its private keys")
    boolean printPrivate;

    @Option(name = "-e", aliases = "--encrypt", description = "Encrypt this file to the identity")
    String encrypt;

    @Option(name = "-d", aliases = "--decrypt", description = "Decrypt this file")
    String decrypt;

    @Option(name = "-s", aliases = "--sign", description = "Sign this file")
    String sign;

    @Option(name = "--raw", description = "With -s: a bare signature over the bytes, which does not tell whose it is")
    boolean raw;

    @Option(name = "-S", aliases = "--sign-message", description = "Sign this text; it goes along in the file of -w")
    String message;

    @Option(
            name = "-E",
            aliases = "--embed-meta",
            description = "With -S: what this configuration file tells goes along")
    String meta;

    @Option(
            name = "-V",
            aliases = "--validate",
            description = "Check the signature of this file, or a signed text (.rsm)")
    String verify;

    @Option(name = "--meta", description = "With -V: show what goes along with a signed text")
    boolean showMeta;

    @Option(name = "-r", aliases = "--read", description = "Sign the text in this file, as -S does")
    String read;

    @Option(name = "-w", aliases = "--write", description = "The file to write; without another action: of the keys")
    String target;

    @Option(name = "-f", aliases = "--force", description = "Overwrite it")
    boolean force;

    @Option(name = "-R", aliases = "--request", description = "Ask the mesh for an identity that is not known here")
    private boolean request;

    @Option(name = "-N", aliases = "--no-cache", description = "Use nothing that was heard on the mesh")
    private boolean noCache;

    @Option(name = "-t", description = "With -R: seconds to wait")
    private String wait = "15";

    @Option(name = "-B", aliases = "--base32", description = "Show keys and signatures in Base32")
    private boolean base32;

    @Option(name = "-b", aliases = "--base64", description = "Show keys and signatures in Base64")
    private boolean base64;

    @Option(name = "-F", aliases = "--hex", description = "Show signatures in hex, and keys, which is the default")
    private boolean hex;

    @Override
    protected void run(Services services, PrintStream out) throws InterruptedException {
        run(services, session().currentDir(), out);
    }

    /** @param folder where relative paths start */
    void run(Services services, Path folder, PrintStream out) throws InterruptedException {
        WorkingIdentity.Finder finder = new WorkingIdentity.Finder(services, folder);
        Optional<String> wanted = Optional.ofNullable(identity != null ? identity : name);
        if (create != null) {
            IdentityStore store = services.require(IdentityStore.class);
            LocalIdentity made = store.create(Identities.newName(store, create));
            out.println("New identity %s: %s".formatted(made.name(), made.hash().toHex()));
            wanted = Optional.of(create);
        } else if (request) {
            ask(services, finder, wanted);
        }
        RnidWork work = new RnidWork(this, services, finder, out);
        if (verify != null) {
            work.verify(wanted);
        } else if (create == null || work.hasAction()) {
            try (Using using = new Using(chosen(finder, wanted))) {
                work.run(using.identity());
            }
        }
    }

    /** Wipes private keys that were given for this command. */
    private record Using(WorkingIdentity identity) implements AutoCloseable {

        @Override
        public void close() {
            identity.own()
                    .filter(GivenIdentity.class::isInstance)
                    .map(GivenIdentity.class::cast)
                    .ifPresent(GivenIdentity::close);
        }
    }

    private WorkingIdentity chosen(WorkingIdentity.Finder finder, Optional<String> wanted) {
        if (publicKeys != null) {
            return finder.imported(publicKeys);
        }
        if (privateKeys != null) {
            return finder.importedPrivate(privateKeys);
        }
        return finder.find(wanted.orElse(IdentityStore.NODE), !noCache);
    }

    private void ask(Services services, WorkingIdentity.Finder finder, Optional<String> wanted)
            throws InterruptedException {
        String hash = wanted.filter(Arguments::looksLikeHash)
                .orElseThrow(() -> Arguments.wrong("-R needs a hash.", "Say whose: rnid -R -i <hash>."));
        Duration bound = Arguments.seconds("-t", wait, 1, 3600);
        finder.request(hash, bound);
        if (!new Patience(services.require(Clock.class)).until(() -> finder.isKnown(hash), bound)) {
            throw Arguments.wrong(
                    "Nobody told the identity of %s in time.".formatted(hash),
                    "It is told where it announces itself; -t waits longer.");
        }
    }

    /** The form the operator chose for signatures, if any: then they are shown and not written. */
    Optional<KeyEncoding> form() {
        return base32
                ? Optional.of(KeyEncoding.BASE32)
                : base64 ? Optional.of(KeyEncoding.BASE64) : hex ? Optional.of(KeyEncoding.HEX) : Optional.empty();
    }
}
