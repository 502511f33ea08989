package io.kairos.admin.update;

import io.kairos.api.admin.Plugins;
import io.kairos.api.failure.MalformedException;
import io.kairos.lib.plugin.PackageKey;
import io.kairos.lib.plugin.PackageManifest;
import io.kairos.lib.plugin.PackageVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What operators ask for. One thing is done at a time; there is one plan at a time, and a new one replaces it. */
final class PluginDesk implements Plugins {

    private final KeyFile keys;
    private final PackageStore store;
    private final Container container;
    private final Verifier verifier;
    private final Planner planner;
    private final Installer installer;
    private final Sources sources;

    // ---- guarded by this ----
    private Optional<Preparation> prepared = Optional.empty();
    private long plans;

    PluginDesk(
            KeyFile keys,
            PackageStore store,
            Container container,
            Verifier verifier,
            Path shipped,
            LaidFiles laid,
            Sources sources,
            Work<List<LeftOut>> leftOut,
            Steps steps) {
        this.keys = keys;
        this.store = store;
        this.container = container;
        this.verifier = verifier;
        this.sources = sources;
        this.planner = new Planner(store, container, verifier, shipped, laid, leftOut);
        this.installer = new Installer(store, container, planner, laid, steps);
    }

    /** Something that reads or writes files. */
    interface Work<T> {
        T run() throws IOException;
    }

    @Override
    public List<TrustedKey> trustedKeys() {
        return keys.keys().entrySet().stream()
                .map(entry -> new TrustedKey(
                        entry.getKey(), entry.getValue().id(), entry.getValue().text()))
                .toList();
    }

    @Override
    public void trust(String name, String key) {
        keys.add(name, key);
    }

    @Override
    public void distrust(String name) {
        keys.remove(name);
    }

    @Override
    public synchronized PackageView verify(String source) {
        return reading(() -> {
            Path folder = store.stage();
            try (OpenPackage open = OpenPackage.of(sources.fetch(source, Optional.empty(), folder))) {
                Map<String, PackageKey> signers = verifier.verify(open.content());
                return view(open.content().manifest(), signers);
            } catch (MalformedException e) {
                throw Verifier.changed(e);
            } finally {
                Disk.delete(folder);
            }
        });
    }

    private static PackageView view(PackageManifest manifest, Map<String, PackageKey> signers) {
        return new PackageView(
                manifest.name(),
                manifest.version().toString(),
                manifest.kind().word(),
                manifest.title(),
                manifest.created(),
                manifest.expires(),
                List.copyOf(signers.keySet()),
                manifest.features(),
                manifest.needs(),
                manifest.files().size(),
                manifest.files().stream().mapToLong(file -> file.size()).sum());
    }

    @Override
    public synchronized Plan planInstall(String source, Optional<String> name, Set<Consent> consents) {
        return planned(id -> {
            Path file = sources.fetch(source, name, store.stage());
            requireName(file, name);
            return planner.install(file, id, false, consents.contains(Consent.NEW_SIGNER));
        });
    }

    private static void requireName(Path file, Optional<String> name) throws IOException {
        try (OpenPackage open = OpenPackage.of(file)) {
            String is = open.content().manifest().name();
            if (name.isPresent() && !name.get().equals(is)) {
                throw Refused.wrong(
                        "This is a package of " + is + ", not of " + name.get() + ".",
                        "plugin:list shows what is installed.");
            }
        } catch (MalformedException e) {
            throw Verifier.changed(e);
        }
    }

    @Override
    public synchronized Plan planRollback(String name) {
        return planned(id -> {
            InstalledPackage installed = require(name);
            PackageVersion previous = installed
                    .previous()
                    .orElseThrow(() -> Refused.wrong(
                            "There is no version of " + name + " before " + installed.version() + " on this node.",
                            "plugin:uninstall " + name + " removes it."));
            return planner.install(store.archive(name, previous), id, true, false);
        });
    }

    @Override
    public synchronized Plan planUninstall(String name) {
        return planned(id -> planner.uninstall(require(name), id));
    }

    /** Makes a plan. */
    private interface Planning {
        Preparation plan(String id) throws IOException;
    }

    private Plan planned(Planning planning) {
        return reading(() -> {
            refuseWhileUnsettled();
            forget();
            String id = "plan-" + ++plans;
            try {
                prepared = Optional.of(planning.plan(id));
            } finally {
                if (prepared.isEmpty()) {
                    store.tidy(store.book());
                }
            }
            return prepared.orElseThrow().plan();
        });
    }

    private void refuseWhileUnsettled() throws IOException {
        if (store.journal().isPresent()) {
            throw Refused.wrong(
                    "The last change, of plugin " + store.journal().get().name() + ", is not settled yet.",
                    "Wait a minute; if it stays so, restart the node, which settles it, and look at log:display.");
        }
    }

    @Override
    public synchronized void apply(Plan plan, Consumer<String> progress) {
        Preparation wanted = prepared.filter(one -> one.plan().id().equals(plan.id()))
                .orElseThrow(() -> Refused.wrong(
                        "This plan is not valid any more.", "Something else was done since then; plan it again."));
        prepared = Optional.empty();
        installer.apply(wanted, progress);
    }

    @Override
    public synchronized void discard(Plan plan) {
        reading(() -> {
            if (prepared.filter(one -> one.plan().id().equals(plan.id())).isPresent()) {
                forget();
            }
            return null;
        });
    }

    private void forget() throws IOException {
        if (prepared.isPresent()) {
            prepared = Optional.empty();
            store.tidy(store.book());
        }
    }

    @Override
    public synchronized List<Installed> installed() {
        return reading(() -> {
            List<Installed> all = new ArrayList<>();
            for (InstalledPackage one : store.book().installed()) {
                all.add(installed(one));
            }
            return all;
        });
    }

    private Installed installed(InstalledPackage one) throws IOException {
        Content content = planner.content(one);
        String owner = keys.keys().entrySet().stream()
                .filter(entry -> entry.getValue().equals(one.owner()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(one.owner().id());
        return new Installed(
                one.name(),
                one.version().toString(),
                content.manifest().title(),
                owner,
                one.previous().map(PackageVersion::toString),
                one.highest().toString(),
                List.copyOf(content.installs()),
                content.own().values().stream()
                        .map(bundle -> bundle.symbolicName() + " " + bundle.version())
                        .toList(),
                content.manifest().needs());
    }

    /** The plugins that would not work in a version of the node that does not run yet. */
    synchronized List<LeftOut> leftOutIn(NextNode next, PackageVersion version) throws IOException {
        List<LeftOut> leftOut = new ArrayList<>();
        for (InstalledPackage one : store.book().installed()) {
            Content content = planner.content(one);
            List<String> problems = next.against(content, store.repository(content.manifest()));
            if (!problems.isEmpty()) {
                leftOut.add(new LeftOut(
                        version.toString(),
                        one.name(),
                        one.version(),
                        content.bundles().keySet(),
                        String.join("; ", problems)));
            }
        }
        return leftOut;
    }

    @Override
    public synchronized List<Check> check(String name) {
        return reading(() -> {
            InstalledPackage installed = require(name);
            Content content = planner.content(installed);
            List<Check> checks = new ArrayList<>();
            Optional<LeftOut> leftOut = planner.leftOut(installed);
            if (leftOut.isPresent()) {
                return List.of(new Check(
                        false,
                        "this version of the node goes on without it: "
                                + leftOut.get().why(),
                        "plugin:update " + name + " with a version that fits, or node:rollback."));
            }
            Container.Change wanted = planner.change(Optional.empty(), Optional.of(content));
            checks.add(
                    container.isInForce(wanted)
                            ? new Check(true, "its features are installed", "")
                            : new Check(
                                    false,
                                    "its features are not installed",
                                    "Somebody removed them; a restart of the node brings them back."));
            checks.addAll(container.test(content.bundles()));
            return checks;
        });
    }

    private InstalledPackage require(String name) throws IOException {
        return store.book()
                .installed(name)
                .orElseThrow(() -> Refused.wrong(
                        "No plugin called " + name + " is installed.", "plugin:list shows what is installed."));
    }

    /** Brings the node to what the book says. */
    synchronized void recover() throws Exception {
        prepared = Optional.empty();
        installer.recover();
    }

    private static <T> T reading(Work<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw Refused.storage("The packages of this node cannot be read or written", e);
        }
    }
}
