package io.kairos.admin.update;

import io.kairos.api.admin.Plugins.Action;
import io.kairos.api.admin.Plugins.Plan;
import io.kairos.api.failure.MalformedException;
import io.kairos.api.failure.MeshException;
import io.kairos.lib.plugin.PackageKey;
import io.kairos.lib.plugin.PackageManifest;
import io.kairos.lib.plugin.PackageVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Works out what a change would be and whether it may be; the node goes on unchanged. Threads: one at a time. */
final class Planner {

    private static final Container.Change NOTHING = new Container.Change(Set.of(), Set.of(), Set.of(), Set.of());

    private final PackageStore store;
    private final Container container;
    private final Verifier verifier;
    private final Path shipped;
    private final LaidFiles laid;
    private final PluginDesk.Work<List<LeftOut>> leftOut;

    /** @param leftOut plugins that the version of the node which runs goes on without */
    Planner(
            PackageStore store,
            Container container,
            Verifier verifier,
            Path shipped,
            LaidFiles laid,
            PluginDesk.Work<List<LeftOut>> leftOut) {
        this.store = store;
        this.container = container;
        this.verifier = verifier;
        this.shipped = shipped;
        this.laid = laid;
        this.leftOut = leftOut;
    }

    /**
     * Plans to install a package that lies in the staging folder.
     *
     * @param isRollback whether an older version may follow a newer one
     */
    Preparation install(Path file, String id, boolean isRollback, boolean newSigner) throws IOException {
        PackageBook book = store.book();
        PackageManifest manifest;
        String digest;
        Map<String, PackageKey> signers;
        Content content;
        try (OpenPackage open = OpenPackage.of(file)) {
            signers = verifier.verify(open.content());
            manifest = open.content().manifest();
            digest = open.content().digest();
            if (!isRollback) {
                Rules.history(manifest, digest, book, signers, newSigner);
            }
            List<PackageManifest> others = manifests(book);
            others.removeIf(other -> isRollback && other.name().equals(manifest.name()));
            Rules.coordinates(manifest, shipped, others);
            store.unpack(open.content());
            content = Content.read(manifest, store.repository(manifest));
        } catch (MalformedException e) {
            throw Verifier.changed(e);
        }
        Optional<InstalledPackage> before = book.installed(manifest.name());
        Optional<Content> old = before.isPresent() ? Optional.of(content(before.get())) : Optional.empty();
        rules(content, old);
        Container.Change change = change(old, Optional.of(content));
        simulate(change);
        InstalledPackage after = new InstalledPackage(
                manifest.name(),
                true,
                manifest.version(),
                digest,
                owner(book, manifest.name(), signers),
                highest(book, manifest),
                before.map(InstalledPackage::version));
        return preparation(
                plan(id, before, manifest, signers, old, content, isRollback),
                book.with(after),
                change,
                old,
                Optional.of(content),
                isRollback ? Optional.empty() : Optional.of(file));
    }

    /** Why this version of the node goes on without a plugin; empty where it does not. */
    Optional<LeftOut> leftOut(InstalledPackage plugin) throws IOException {
        return leftOut.run().stream()
                .filter(one -> one.name().equals(plugin.name()) && one.version().equals(plugin.version()))
                .findFirst();
    }

    /** Plans to remove a package. */
    Preparation uninstall(InstalledPackage installed, String id) throws IOException {
        Content old = content(installed);
        List<String> changes = new ArrayList<>();
        old.installs().forEach(feature -> changes.add("- feature " + feature));
        old.own().forEach((url, bundle) -> changes.add("- bundle " + bundle.symbolicName() + " " + bundle.version()));
        old.features().configurations().forEach(pid -> changes.add("  settings " + pid + " stay"));
        for (String place : old.places()) {
            changes.add(goes(place));
        }
        Plan plan = new Plan(
                id,
                Action.UNINSTALL,
                installed.name(),
                old.manifest().title(),
                Optional.of(installed.version().toString()),
                Optional.empty(),
                List.of(),
                changes,
                List.of());
        InstalledPackage after = new InstalledPackage(
                installed.name(),
                false,
                installed.version(),
                installed.digest(),
                installed.owner(),
                installed.highest(),
                Optional.empty());
        return preparation(
                plan,
                store.book().with(after),
                change(Optional.of(old), Optional.empty()),
                Optional.of(old),
                Optional.empty(),
                Optional.empty());
    }

    /** The change that makes a version out of another; used for plans and for taking a change back. */
    Container.Change change(Optional<Content> from, Optional<Content> to) {
        if (from.isEmpty() && to.isEmpty()) {
            return NOTHING;
        }
        Set<String> oldRepositories =
                new HashSet<>(from.map(old -> Set.of(old.repository())).orElse(Set.of()));
        Set<String> newRepositories =
                new HashSet<>(to.map(next -> Set.of(next.repository())).orElse(Set.of()));
        Set<String> oldFeatures = new HashSet<>(from.map(Content::installs).orElse(Set.of()));
        Set<String> newFeatures = new HashSet<>(to.map(Content::installs).orElse(Set.of()));
        Set<String> goneRepositories = new HashSet<>(oldRepositories);
        goneRepositories.removeAll(newRepositories);
        Set<String> goneFeatures = new HashSet<>(oldFeatures);
        goneFeatures.removeAll(newFeatures);
        return new Container.Change(goneRepositories, newRepositories, goneFeatures, newFeatures);
    }

    /** The content of a version that is kept; unpacked again where it is not. */
    Content content(InstalledPackage installed) throws IOException {
        return content(installed.name(), installed.version());
    }

    Content content(String name, PackageVersion version) throws IOException {
        PackageManifest manifest = store.manifest(name, version);
        if (!Files.isDirectory(store.repository(manifest))) {
            try (OpenPackage open = OpenPackage.of(store.archive(name, version))) {
                store.unpack(open.content());
            }
        }
        try {
            return Content.read(manifest, store.repository(manifest));
        } catch (MalformedException e) {
            throw new IOException(store.repository(manifest) + " is damaged: " + e.getMessage(), e);
        }
    }

    List<PackageManifest> manifests(PackageBook book) throws IOException {
        List<PackageManifest> manifests = new ArrayList<>();
        for (InstalledPackage one : book.installed()) {
            manifests.add(store.manifest(one.name(), one.version()));
        }
        return manifests;
    }

    private void rules(Content content, Optional<Content> old) {
        Set<String> ownRepositories =
                old.map(before -> Set.of(before.repository())).orElse(Set.of());
        Rules.features(content, shipped, container.offeredFeatures(), ownRepositories);
        Rules.bundles(
                content,
                container.bundles(),
                old.map(Content::bundles).orElse(Map.of()).keySet());
    }

    private void simulate(Container.Change change) {
        try {
            container.simulate(change);
        } catch (MeshException e) {
            throw e;
        } catch (Exception e) {
            throw Refused.policy(
                    "The package cannot be resolved on this node: " + Refused.missing(e) + ".",
                    "Something it needs is not here; its maker knows what. Nothing was changed.");
        }
    }

    private static PackageKey owner(PackageBook book, String name, Map<String, PackageKey> signers) {
        return book.known(name)
                .map(InstalledPackage::owner)
                .filter(signers::containsValue)
                .orElseGet(() -> signers.values().iterator().next());
    }

    private static PackageVersion highest(PackageBook book, PackageManifest manifest) {
        return book.known(manifest.name())
                .map(InstalledPackage::highest)
                .filter(highest -> highest.compareTo(manifest.version()) > 0)
                .orElse(manifest.version());
    }

    private Plan plan(
            String id,
            Optional<InstalledPackage> before,
            PackageManifest manifest,
            Map<String, PackageKey> signers,
            Optional<Content> old,
            Content content,
            boolean isRollback)
            throws IOException {
        Action action = isRollback ? Action.ROLLBACK : before.isPresent() ? Action.UPDATE : Action.INSTALL;
        return new Plan(
                id,
                action,
                manifest.name(),
                manifest.title(),
                before.map(InstalledPackage::version).map(PackageVersion::toString),
                Optional.of(manifest.version().toString()),
                List.copyOf(signers.keySet()),
                changes(old, content),
                manifest.needs());
    }

    /** Places of files that a version has laid and the next one does not. */
    static Set<String> gone(Optional<Content> from, Optional<Content> to) {
        Set<String> gone = new TreeSet<>(from.map(Content::places).orElse(Set.of()));
        gone.removeAll(to.map(Content::places).orElse(Set.of()));
        return gone;
    }

    private String goes(String place) throws IOException {
        return laid.isChanged(place) ? "  file etc/" + place + " was changed here and stays" : "- file etc/" + place;
    }

    private List<String> changes(Optional<Content> old, Content content) throws IOException {
        List<String> changes = new ArrayList<>();
        Set<String> gone = new TreeSet<>(old.map(Content::installs).orElse(Set.of()));
        gone.removeAll(content.installs());
        gone.forEach(feature -> changes.add("- feature " + feature));
        content.installs().stream()
                .filter(feature -> old.isEmpty() || !old.get().installs().contains(feature))
                .forEach(feature -> changes.add("+ feature " + feature));
        old.ifPresent(before -> before.own().forEach((url, bundle) -> {
            if (!content.own().containsKey(url)) {
                changes.add("- bundle " + bundle.symbolicName() + " " + bundle.version());
            }
        }));
        content.own().forEach((url, bundle) -> {
            if (old.isEmpty() || !old.get().own().containsKey(url)) {
                changes.add("+ bundle " + bundle.symbolicName() + " " + bundle.version());
            }
        });
        content.features().configurations().stream()
                .filter(pid -> !container.hasConfiguration(pid))
                .forEach(pid -> changes.add("+ settings " + pid));
        for (String place : gone(old, Optional.of(content))) {
            changes.add(goes(place));
        }
        laid.free(content).forEach(place -> changes.add("+ file etc/" + place));
        return changes;
    }

    private boolean isLeftOut(String name) throws IOException {
        Optional<InstalledPackage> installed = store.book().installed(name);
        return installed.isPresent() && leftOut(installed.get()).isPresent();
    }

    private Preparation preparation(
            Plan plan,
            PackageBook book,
            Container.Change change,
            Optional<Content> old,
            Optional<Content> next,
            Optional<Path> file)
            throws IOException {
        Map<String, String> bundles = next.map(Content::bundles).orElse(Map.of());
        Set<String> touched = new HashSet<>(bundles.keySet());
        old.ifPresent(content -> touched.addAll(content.bundles().keySet()));
        List<PackageManifest> manifests = new ArrayList<>();
        for (InstalledPackage one : book.installed()) {
            boolean isNext = next.isPresent() && next.get().manifest().name().equals(one.name());
            manifests.add(isNext ? next.get().manifest() : store.manifest(one.name(), one.version()));
        }
        List<String> configurations =
                next.map(content -> content.features().configurations()).orElse(List.of()).stream()
                        .filter(pid -> !container.hasConfiguration(pid))
                        .toList();
        Journal journal = new Journal(
                plan.name(),
                plan.from().map(PackageVersion::of),
                plan.to().map(PackageVersion::of),
                configurations,
                next.isPresent() ? laid.free(next.get()) : List.of());
        return new Preparation(
                plan,
                journal,
                file,
                change,
                change(next, isLeftOut(plan.name()) ? Optional.empty() : old),
                bundles,
                old.map(Content::bundles).orElse(Map.of()),
                touched,
                next,
                gone(old, next),
                book,
                manifests);
    }
}
