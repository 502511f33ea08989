package io.kairos.admin.update;

import io.kairos.api.admin.NodeVersions;
import io.kairos.api.admin.Plugins.Consent;
import io.kairos.api.crypto.Signer;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.files.FileTransfers;
import io.kairos.api.health.Finding;
import io.kairos.api.health.HealthCheck;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.lib.plugin.PackageKey;
import io.kairos.lib.plugin.PackageVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.karaf.features.BootFinished;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Versions of the node in the container. A version on trial is looked at each second, until nothing speaks against it for a
 * while, or until it has taken too long: then the node ends, and its launcher goes back.
 */
@Component(
        service = {NodeVersions.class, HealthCheck.class},
        immediate = true)
public final class NodeVersionsComponent implements NodeVersions, HealthCheck {

    /** For tests: how long a trial may take, in seconds. */
    static final String TRIAL_SECONDS = "io.kairos.admin.update.trial.seconds";

    private static final Logger LOG = LoggerFactory.getLogger(NodeVersionsComponent.class);
    private static final Duration TRIAL = Duration.ofMinutes(5);
    private static final int GOOD_LOOKS = 5;

    /** Long enough for the command that asked for it to tell so. */
    private static final Duration BEFORE_END = Duration.ofSeconds(1);

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile BootFinished boot;

    @Reference(
            target = "(" + Signer.ALGORITHM + "=Ed25519)",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile Signer signer;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile FileTransfers transfers;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile PluginsComponent plugins;

    private final BundleContext context;
    private final Clock clock;
    private final Timers timers;
    private final NodeStart start;
    private final NodeDesk desk;
    private final Duration patience;
    private final CountDownLatch closed = new CountDownLatch(1);

    @Activate
    public NodeVersionsComponent(BundleContext context, @Reference Clock clock, @Reference Timers timers)
            throws IOException {
        this.context = context;
        this.clock = clock;
        this.timers = timers;
        VersionFolder folder = new VersionFolder(NodeStart.folder(context));
        start = NodeStart.of(context);
        Path shipped = NodeStart.path(context, "karaf.home", ".")
                .resolve(Optional.ofNullable(context.getProperty("karaf.default.repository"))
                        .orElse("system"));
        desk = new NodeDesk(
                folder,
                new Verifier(
                        new KeyFile(NodeStart.path(context, "karaf.etc", "etc").resolve(KeyFile.FILE)),
                        this::isSigned,
                        clock::now,
                        start.version()),
                new Sources(() -> transfers),
                start,
                new NodeSight(context, shipped)::look,
                this::leftOut,
                Steps.of(context.getProperty(Steps.HALT)));
        patience = Optional.ofNullable(context.getProperty(TRIAL_SECONDS))
                .map(Long::valueOf)
                .map(Duration::ofSeconds)
                .orElse(TRIAL);
        Thread thread = new Thread(this::begin, "kairos-node-trial");
        thread.setDaemon(true);
        thread.start();
    }

    @Deactivate
    void close() {
        closed.countDown();
    }

    /** Without the keeper of the plugins nobody knows what would be lost. */
    private List<LeftOut> leftOut(PackageVersion version, Path distribution) throws IOException {
        PluginsComponent keeper = plugins;
        if (keeper == null) {
            throw Refused.wrong(
                    "The plugins of this node are not known at this moment.",
                    "The node may still be starting; try again in a minute.");
        }
        return keeper.leftOutIn(version, distribution);
    }

    // ---- the trial

    private void begin() {
        try {
            desk.failed()
                    .ifPresent(failed -> LOG.warn(
                            "Version {} was tried and left, because {}; this is {}",
                            failed.name(),
                            failed.remark(),
                            start.version()));
            if (desk.isOnTrial()) {
                LOG.info("Version {} is on trial", start.version());
                watch();
            } else {
                desk.tidy();
            }
        } catch (IOException e) {
            LOG.error("The versions of this node cannot be read or written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() throws IOException, InterruptedException {
        long begin = clock.nanos();
        int good = 0;
        List<String> problems = List.of();
        while (!closed.await(1, TimeUnit.SECONDS)) {
            problems = problems();
            good = problems.isEmpty() ? good + 1 : 0;
            if (good == GOOD_LOOKS) {
                desk.confirm();
                LOG.info("Version {} has passed its self-test and stays", start.version());
                return;
            }
            if (clock.nanos() - begin > patience.toNanos()) {
                LOG.error("Version {} is left: {}", start.version(), String.join("; ", problems));
                desk.leave(problems);
                end();
                return;
            }
        }
    }

    private List<String> problems() throws IOException {
        if (boot == null) {
            return List.of("the node has not finished starting");
        }
        try {
            return desk.problems();
        } catch (RuntimeException e) {
            LOG.debug("The node cannot be looked at", e);
            return List.of("the node cannot be looked at: " + e);
        }
    }

    private void end() {
        try {
            context.getBundle(0).stop();
        } catch (BundleException e) {
            LOG.error("The node cannot be ended", e);
        }
    }

    private boolean isSigned(PackageKey key, byte[] message, byte[] signature) {
        Signer present = signer;
        if (present == null) {
            throw new MeshException(
                    Failure.Kind.CONFIGURATION,
                    "There is no Ed25519 primitive at this moment, so packages cannot be verified.",
                    "The node may still be starting; mesh:doctor says what is missing.");
        }
        return key.algorithm().equals(PackageKey.ED25519) && present.verify(key.raw(), message, signature);
    }

    // ---- what operators ask for

    /** Something that reads or writes files. */
    private interface Work<T> {
        T run() throws IOException;
    }

    private static <T> T reading(Work<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw Refused.storage("The versions of this node cannot be read or written", e);
        }
    }

    @Override
    public String update(String source, Set<Consent> consents, Consumer<String> progress) {
        return reading(() -> desk.update(source, consents, progress));
    }

    @Override
    public String rollback() {
        return reading(desk::rollback);
    }

    @Override
    public List<NodeVersion> versions() {
        return reading(desk::versions);
    }

    @Override
    public boolean canRestart() {
        return start.staysBeside();
    }

    @Override
    public void restart() {
        if (!canRestart()) {
            throw Refused.wrong(
                    "Nobody stays beside this node to start it again.",
                    "It was started with a console: end it, and start it with bin/kairos.");
        }
        reading(() -> {
            desk.askForStart();
            return null;
        });
        timers.after(BEFORE_END, this::endSoon);
    }

    private void endSoon() {
        Thread thread = new Thread(this::end, "kairos-node-end");
        thread.start();
    }

    @Override
    public String subject() {
        return "version of the node";
    }

    @Override
    public List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        try {
            desk.failed()
                    .ifPresent(failed -> findings.add(Finding.warning(
                            "Version " + failed.name() + " was tried and left: " + failed.remark(),
                            "log:display shows more; tell its maker. node:update with a newer version tries again.")));
            desk.leftOut()
                    .forEach(one -> findings.add(Finding.warning(
                            "This version goes on without the plugin " + one.told(),
                            "plugin:update " + one.name() + " with a version that fits, or node:rollback.")));
            findings.add(Finding.ok(
                    desk.isOnTrial()
                            ? "Version " + start.version() + " is on trial"
                            : "This node is version " + start.version()));
        } catch (IOException e) {
            findings.add(Finding.warning(
                    "The versions of this node cannot be read: " + Refused.text(e), "Check data/node of this node."));
        }
        return findings;
    }
}
