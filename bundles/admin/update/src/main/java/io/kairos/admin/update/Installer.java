package io.kairos.admin.update;

import io.kairos.api.admin.Plugins;
import io.kairos.api.admin.Plugins.Check;
import io.kairos.api.failure.MalformedException;
import io.kairos.api.failure.MeshException;
import io.kairos.lib.plugin.PackageManifest;
import io.kairos.lib.plugin.PackageVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries plans out, step by step, so that a process that ends at any of them is in the old or the new state after the next start:
 *
 * <ol>
 *   <li>the journal says what is going to happen;
 *   <li>the package is kept, and the gate admits what is in it;
 *   <li>the container is changed and tested;
 *   <li>the book says that it is so: from here on the new state counts;
 *   <li>the gate admits the new state only, the journal goes, what is not needed any more goes.
 * </ol>
 *
 * Threads: one at a time.
 */
final class Installer {

    private static final Logger LOG = LoggerFactory.getLogger(Installer.class);

    private final PackageStore store;
    private final Container container;
    private final Planner planner;
    private final LaidFiles laid;
    private final Steps steps;

    Installer(PackageStore store, Container container, Planner planner, LaidFiles laid, Steps steps) {
        this.store = store;
        this.container = container;
        this.planner = planner;
        this.laid = laid;
        this.steps = steps;
    }

    /** Does it, or undoes it and says why. */
    void apply(Preparation wanted, Consumer<String> progress) {
        Set<String> errors = container.errors(wanted.touched());
        Map<Long, Container.Running> before = others(wanted);
        try {
            begin(wanted);
            progress.accept("changing the node");
            // the container would update a bundle in place and write into its manifest, so that it is not what was
            // signed
            container.clear(wanted.touched());
            steps.reached("cleared");
            container.apply(wanted.change());
            steps.reached("applied");
            progress.accept("testing");
            List<String> problems = problems(wanted, before, errors);
            if (!problems.isEmpty()) {
                throw Refused.policy(
                        wanted.plan().name() + " did not pass its test: " + String.join("; ", problems),
                        "The node is as it was before. log:display shows more; tell its maker.");
            }
            steps.reached("tested");
            store.write(wanted.book());
        } catch (Exception e) {
            undo(wanted, progress);
            throw told(e);
        }
        LOG.info("Plugin {}: {} done", wanted.plan().name(), wanted.plan().action());
        finish(wanted.book(), wanted.goneFiles(), progress);
    }

    private void begin(Preparation wanted) throws IOException {
        steps.reached("begin");
        store.write(wanted.journal());
        steps.reached("journal");
        if (wanted.file().isPresent()) {
            Disk.sync(wanted.file().get());
            Disk.move(
                    wanted.file().get(),
                    store.archive(wanted.journal().name(), wanted.journal().to().orElseThrow()));
        }
        steps.reached("archived");
        if (wanted.content().isPresent()) {
            laid.note(wanted.content().get());
        }
        List<PackageManifest> both = new ArrayList<>(wanted.manifests());
        both.addAll(planner.manifests(store.book()));
        store.allow(both);
        steps.reached("allowed");
    }

    private List<String> problems(Preparation wanted, Map<Long, Container.Running> before, Set<String> errorsBefore) {
        List<String> problems = new ArrayList<>();
        container.test(wanted.bundles()).stream()
                .filter(check -> !check.isGood())
                .map(Check::message)
                .forEach(problems::add);
        Map<Long, Container.Running> after = others(wanted);
        before.forEach((id, bundle) -> {
            Container.Running now = after.get(id);
            if (now == null || !now.life().equals(bundle.life())) {
                problems.add("it stopped " + bundle.symbolicName() + ", which is none of its business");
            }
        });
        if (wanted.plan().action() != Plugins.Action.UNINSTALL) { // who takes a part away knows that others miss it
            container.errorsBeyond(errorsBefore, wanted.touched()).stream()
                    .map(error -> "since then another part of the node says: " + error)
                    .forEach(problems::add);
        }
        return problems;
    }

    private Map<Long, Container.Running> others(Preparation wanted) {
        Map<Long, Container.Running> others = new HashMap<>();
        for (Container.Running bundle : container.bundles()) {
            if (!wanted.touched().contains(bundle.symbolicName())) {
                others.put(bundle.id(), bundle);
            }
        }
        return others;
    }

    private void undo(Preparation wanted, Consumer<String> progress) {
        try {
            progress.accept("undoing it");
            takeBack(wanted);
            finish(store.book(), wanted.journal().newFiles(), progress);
        } catch (Exception e) {
            LOG.error(
                    "Undoing the change of plugin {} failed; the next start tries again",
                    wanted.plan().name(),
                    e);
        }
    }

    /** The container may have done a part of the change and not know of it, so it is told in any case. */
    private void takeBack(Preparation wanted) throws Exception {
        container.clear(wanted.touched());
        container.apply(wanted.undo());
        container.test(wanted.bundlesBefore()).stream()
                .filter(check -> !check.isGood())
                .forEach(check -> LOG.error("After undoing a change: {}", check.message()));
        wanted.journal().newConfigurations().forEach(container::removeConfiguration);
    }

    /** Settles what the book says; failing here only leaves work for the next start. */
    private void finish(PackageBook book, Collection<String> goneFiles, Consumer<String> progress) {
        try {
            steps.reached("recorded");
            store.allow(planner.manifests(book));
            steps.reached("settled");
            laid.remove(goneFiles).forEach(place -> progress.accept(stays(place)));
            store.endJournal();
            steps.reached("ended");
            store.tidy(book);
            steps.reached("tidied");
        } catch (IOException e) {
            LOG.warn("The change holds, but tidying up after it failed; the next start does it", e);
        }
    }

    private static String stays(String place) {
        return "etc/" + place + " was changed on this node and stays; remove it if nobody needs it";
    }

    /** Brings the container to what the book says, after a start. */
    void recover() throws Exception {
        PackageBook book = store.book();
        Optional<Journal> journal = store.journal();
        store.allow(planner.manifests(book));
        if (journal.isPresent()) {
            LOG.warn(
                    "The last change, of plugin {}, was interrupted; it is being settled",
                    journal.get().name());
            settle(book, journal.get());
        }
        for (InstalledPackage one : book.installed()) {
            Content content = planner.content(one);
            laid.note(content); // of one that was installed before this was kept
            Optional<LeftOut> leftOut = planner.leftOut(one);
            if (leftOut.isPresent()) {
                LOG.warn(
                        "This version of the node goes on without the plugin {}",
                        leftOut.get().told());
                continue;
            }
            Container.Change change = planner.change(Optional.empty(), Optional.of(content));
            if (!container.isInForce(change)) {
                LOG.info("Plugin {} {} is being brought back", one.name(), one.version());
                bringBack(one, change);
            }
        }
        if (journal.isPresent()) {
            store.endJournal();
        }
        store.tidy(book);
    }

    /** One plugin that cannot be brought back is no reason to do without the others. */
    private void bringBack(InstalledPackage one, Container.Change change) {
        try {
            container.apply(change);
        } catch (Exception e) {
            LOG.error(
                    "Plugin {} {} could not be brought back; the next start tries again", one.name(), one.version(), e);
        }
    }

    private void settle(PackageBook book, Journal journal) throws Exception {
        Optional<PackageVersion> holds = book.installed(journal.name()).map(InstalledPackage::version);
        Optional<PackageVersion> other = holds.equals(journal.to()) ? journal.from() : journal.to();
        Optional<Content> wanted =
                holds.isPresent() ? Optional.of(planner.content(journal.name(), holds.get())) : Optional.empty();
        Optional<Content> unwanted = Optional.empty();
        if (other.isPresent() && !other.equals(holds)) {
            try {
                unwanted = Optional.of(planner.content(journal.name(), other.get()));
            } catch (IOException | MalformedException e) {
                // it was not kept yet, or not any more: then the container does not have it either
                LOG.info("Plugin {} {} is not there", journal.name(), other.get());
            }
        }
        Set<String> names =
                new HashSet<>(wanted.map(Content::bundles).orElse(Map.of()).keySet());
        unwanted.ifPresent(content -> names.addAll(content.bundles().keySet()));
        container.clear(names);
        Optional<InstalledPackage> installed = book.installed(journal.name());
        boolean isLeftOut =
                installed.isPresent() && planner.leftOut(installed.get()).isPresent();
        container.apply(planner.change(unwanted, isLeftOut ? Optional.empty() : wanted));
        if (!holds.equals(journal.to())) {
            journal.newConfigurations().forEach(container::removeConfiguration);
        }
        Collection<String> goneFiles = holds.equals(journal.to()) ? Planner.gone(unwanted, wanted) : journal.newFiles();
        laid.remove(goneFiles).forEach(place -> LOG.warn("{}", stays(place)));
    }

    private static MeshException told(Exception e) {
        if (e instanceof MeshException known) {
            return known;
        }
        if (e instanceof IOException) {
            return Refused.storage("The change was given up and undone", e);
        }
        return Refused.policy(
                "The node could not be changed: "
                        + Refused.text(e).lines().findFirst().orElse(""),
                "It is as it was before. log:display shows more; tell the plugin's maker.");
    }
}
