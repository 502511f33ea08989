package io.kairos.admin.shell.files;

import io.kairos.admin.shell.Arguments;
import io.kairos.admin.shell.Patience;
import io.kairos.admin.shell.ServiceSettings;
import io.kairos.admin.shell.Services;
import io.kairos.api.files.FileTransfer;
import io.kairos.api.files.FileTransfers;
import io.kairos.api.files.FileTransfers.Options;
import io.kairos.api.files.FileTransfers.Serving;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.time.Clock;
import io.kairos.lib.bytes.Hashes;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.karaf.shell.api.console.Session;
import org.osgi.framework.BundleContext;

/** What the commands {@code file:} and {@code rncp} do. */
final class FileWork {

    static final String PID = "io.kairos.messaging.files";

    /** The container looks at its folder every second; then the part starts anew. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Services services;
    private final Session session;
    private final BundleContext context;
    private final PrintStream out;

    FileWork(Services services, Session session, BundleContext context, PrintStream out) {
        this.services = services;
        this.session = session;
        this.context = context;
        this.out = out;
    }

    static Options options(String identity, boolean uncompressed, String wait) {
        return new Options(
                identity == null ? Options.IDENTITY : identity,
                !uncompressed,
                Arguments.seconds("-w", wait, 1, 86_400));
    }

    Path path(String text) {
        String home = System.getProperty("user.home");
        return session.currentDir()
                .resolve(text.startsWith("~/") ? home + text.substring(1) : text)
                .toAbsolutePath()
                .normalize();
    }

    void send(String file, String destination, Options options, boolean silent) throws InterruptedException {
        FileTransfers files = services.require(FileTransfers.class);
        FileTransfer transfer = files.send(path(file), Arguments.destination(destination), options);
        watch(transfer, silent);
        out.println(path(file).getFileName() + " was copied to " + destination + ".");
    }

    void fetch(String name, String destination, String folder, boolean overwrite, Options options, boolean silent)
            throws InterruptedException {
        FileTransfers files = services.require(FileTransfers.class);
        Path to = folder == null ? session.currentDir() : path(folder);
        FileTransfer transfer = files.fetch(name, Arguments.destination(destination), to, overwrite, options);
        watch(transfer, silent);
        out.println("Saved as " + transfer.saved().map(Path::toString).orElse("") + ".");
    }

    private void watch(FileTransfer transfer, boolean silent) throws InterruptedException {
        Clock clock = services.require(Clock.class);
        boolean terminal =
                session.getTerminal() != null && session.getTerminal().getWidth() > 0;
        new TransferView(clock, new Patience(clock), out, session.getConsole(), terminal).watch(transfer, silent);
    }

    /** Changes what is served and tells what holds. */
    void serve(Map<String, String> changes, List<String> allow) throws InterruptedException {
        Map<String, String> all = new LinkedHashMap<>(changes);
        if (!allow.isEmpty()) {
            ServiceSettings settings = new ServiceSettings(context, PID);
            TreeSet<String> hashes =
                    new TreeSet<>(List.of(settings.get("allowed", "").split("[,\\s]+")));
            allow.forEach(hash -> hashes.add(Arguments.identity(hash).toHex()));
            hashes.remove("");
            all.put("allowed", String.join(",", hashes));
        }
        if (!all.isEmpty()) {
            FileTransfers before = services.find(FileTransfers.class).orElse(null);
            new ServiceSettings(context, PID).set(all);
            new Patience(services.require(Clock.class))
                    .until(
                            () -> services.find(FileTransfers.class)
                                    .filter(now -> now != before)
                                    .isPresent(),
                            PATIENCE);
        }
        out.print(told(services.require(FileTransfers.class).serving()));
    }

    private static String told(Optional<Serving> serving) {
        if (serving.isEmpty()) {
            return """
                    Files are neither received nor given out.
                      \u2192 file:serve --receive <folder> --allow <identity> takes files of that identity,
                        file:serve --give <folder> gives out those in a folder.
                    """;
        }
        Serving open = serving.get();
        String who = open.everybody() ? "everybody" : open.allowed() + " identities";
        return "Listening at     %s%nReceives files   %s%nGives files out  %s%nSince the start  %d received, %d fetched, %d refused%n"
                .formatted(
                        open.address().toHex(),
                        open.receives() ? "of " + who : "no",
                        open.givesOut() ? "to " + who : "no",
                        open.received(),
                        open.fetched(),
                        open.refused());
    }

    /** Who we are to others, as rncp -p tells. */
    void printIdentity(String name) {
        IdentityStore store = services.require(IdentityStore.class);
        String wanted = name == null ? Options.IDENTITY : name;
        LocalIdentity identity = store.find(wanted).orElseGet(() -> store.create(wanted));
        out.println("Identity     : <" + identity.hash().toHex() + ">");
        out.println("Listening on : <"
                + Hashes.destination("rncp.receive", identity.hash()).toHex() + ">");
    }
}
