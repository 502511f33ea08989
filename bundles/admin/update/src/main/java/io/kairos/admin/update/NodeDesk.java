package io.kairos.admin.update;

import io.kairos.api.admin.NodeVersions;
import io.kairos.api.admin.NodeVersions.Mark;
import io.kairos.api.admin.NodeVersions.NodeVersion;
import io.kairos.api.admin.Plugins.Consent;
import io.kairos.api.failure.MalformedException;
import io.kairos.lib.plugin.PackageFile;
import io.kairos.lib.plugin.PackageKey;
import io.kairos.lib.plugin.PackageManifest;
import io.kairos.lib.plugin.PackageVersion;
import io.kairos.lib.plugin.PluginPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Brings versions, confirms them and goes back. What counts is changed by one rename, the last step of each. */
final class NodeDesk {

    private static final long SPARE_BYTES = 64L << 20;

    private final VersionFolder folder;
    private final Verifier verifier;
    private final Sources sources;
    private final NodeStart start;
    private final Function<Set<String>, Impression> sight;
    private final LeftOut.Finder plugins;
    private final Steps steps;

    /** @param sight looks at the node, without the interfaces of these bundles */
    NodeDesk(
            VersionFolder folder,
            Verifier verifier,
            Sources sources,
            NodeStart start,
            Function<Set<String>, Impression> sight,
            LeftOut.Finder plugins,
            Steps steps) {
        this.folder = folder;
        this.verifier = verifier;
        this.sources = sources;
        this.start = start;
        this.sight = sight;
        this.plugins = plugins;
        this.steps = steps;
    }

    synchronized String update(String source, Set<Consent> consents, Consumer<String> progress) throws IOException {
        requireLauncher();
        refuseOnTrial();
        try {
            progress.accept("verifying");
            Path file = sources.fetch(source, Optional.empty(), folder.stage());
            steps.reached("node-fetched");
            try (OpenPackage open = OpenPackage.of(file)) {
                return bring(open.content(), consents, progress);
            } catch (MalformedException e) {
                throw Verifier.changed(e);
            }
        } finally {
            folder.tidy(start.running());
        }
    }

    private String bring(PluginPackage content, Set<Consent> consents, Consumer<String> progress) throws IOException {
        Map<String, PackageKey> signers = verifier.verify(content);
        PackageManifest manifest = content.manifest();
        PackageBook book = folder.book();
        NodeRules.kind(manifest);
        NodeRules.history(
                manifest, content.digest(), book, start.version(), signers, consents.contains(Consent.NEW_SIGNER));
        NodeRules.content(manifest);
        requireSpace(manifest);
        progress.accept("unpacking");
        folder.unpack(content, manifest.version(), steps);
        steps.reached("node-brought");
        List<LeftOut> leftOut =
                plugins.in(manifest.version(), folder.version(manifest.version().toString()));
        requireConsent(manifest.version(), leftOut, consents);
        leftOut.forEach(one -> progress.accept("goes on without " + one.told()));
        PackageKey owner = book.known(NodeRules.NODE)
                .map(InstalledPackage::owner)
                .filter(signers::containsValue)
                .orElseGet(() -> signers.values().iterator().next());
        folder.write(book.with(new InstalledPackage(
                NodeRules.NODE,
                true,
                manifest.version(),
                content.digest(),
                owner,
                NodeRules.highest(book, start.version()),
                Optional.empty())));
        folder.leaveOut(manifest.version().toString(), leftOut);
        steps.reached("node-book");
        toBeTried(manifest.version().toString());
        return manifest.version().toString();
    }

    private static void requireConsent(PackageVersion version, List<LeftOut> leftOut, Set<Consent> consents) {
        if (!leftOut.isEmpty() && !consents.contains(Consent.WITHOUT_PLUGINS)) {
            throw Refused.policy(
                    "Plugins of this node would not work in version " + version + ". "
                            + leftOut.stream().map(LeftOut::told).collect(Collectors.joining(". "))
                            + ".",
                    "Get versions of them that fit (plugin:update), or repeat it with --without-plugins: they are switched off"
                            + " in it, and come back with node:rollback. Nothing was changed.");
        }
    }

    /** The plugins that the version which runs goes on without. */
    List<LeftOut> leftOut() throws IOException {
        return folder.leftOut(start.running());
    }

    /** From the last write on the next start tries it. */
    private void toBeTried(String version) throws IOException {
        Set<String> missing = folder.leftOut(version).stream()
                .flatMap(one -> one.bundles().stream())
                .collect(Collectors.toSet());
        folder.write(VersionFolder.BEFORE, sight.apply(missing).toText());
        folder.write(VersionFolder.LABEL, start.label() + "\n");
        folder.remove(VersionFolder.FAILED);
        folder.remove(VersionFolder.PROBLEMS);
        steps.reached("node-before");
        folder.write(VersionFolder.NEXT, version + "\n");
        steps.reached("node-next");
    }

    private void requireSpace(PackageManifest manifest) throws IOException {
        long wanted = manifest.files().stream().mapToLong(PackageFile::size).sum() + SPARE_BYTES;
        long usable = Files.getFileStore(folder.path()).getUsableSpace();
        if (usable < wanted) {
            throw Refused.wrong(
                    "The new version needs %d MB, and there are %d MB free in %s."
                            .formatted(wanted >> 20, usable >> 20, folder.path()),
                    "Make room there, then try again. Nothing was changed.");
        }
    }

    synchronized String rollback() throws IOException {
        requireLauncher();
        if (folder.first(VersionFolder.NEXT).isPresent()) {
            folder.remove(VersionFolder.NEXT);
            folder.tidy(start.running());
            return start.running();
        }
        refuseOnTrial();
        String previous = folder.previous()
                .filter(folder::isThere)
                .orElseThrow(() -> Refused.wrong(
                        "There is no version before " + start.version() + " on this node.",
                        "node:versions lists what is there."));
        PackageBook book = folder.book();
        Optional<InstalledPackage> known = book.known(NodeRules.NODE);
        if (known.isPresent()) {
            InstalledPackage one = known.get();
            folder.write(book.with(new InstalledPackage(
                    one.name(),
                    true,
                    one.version(),
                    one.digest(),
                    one.owner(),
                    NodeRules.highest(book, start.version()),
                    Optional.empty())));
        }
        toBeTried(previous);
        return previous;
    }

    private void requireLauncher() {
        if (!start.hasLauncher()) {
            throw Refused.wrong(
                    "This node was not started by bin/kairos, which chooses the version.",
                    "Start it with bin/kairos run.");
        }
    }

    private void refuseOnTrial() throws IOException {
        if (isOnTrial()) {
            throw Refused.wrong(
                    "The version " + start.running() + " is on trial.",
                    "It is confirmed in a few minutes, or left by itself; node:versions tells.");
        }
    }

    // ---- the trial

    synchronized boolean isOnTrial() throws IOException {
        return folder.first(VersionFolder.TRIAL).filter(start.running()::equals).isPresent()
                && !folder.current().equals(start.running());
    }

    /** What speaks against the version on trial; empty where nothing does. */
    List<String> problems() throws IOException {
        return sight.apply(Set.of()).worseThan(Impression.of(folder.lines(VersionFolder.BEFORE)));
    }

    synchronized void confirm() throws IOException {
        steps.reached("node-tested");
        folder.confirm(start.running(), folder.current());
        steps.reached("node-confirmed");
        folder.remove(VersionFolder.TRIAL);
        steps.reached("node-settled");
        folder.tidy(start.running());
    }

    /** Says why the version on trial is left; the launcher goes back. */
    synchronized void leave(List<String> problems) throws IOException {
        folder.write(VersionFolder.PROBLEMS, start.running() + "\n" + String.join("\n", problems) + "\n");
        askForStart();
    }

    /** The launcher starts the node again after it has ended. */
    synchronized void askForStart() throws IOException {
        folder.write(VersionFolder.RESTART, start.running() + "\n");
    }

    /** After a start; nothing is brought before the first update. */
    synchronized void tidy() throws IOException {
        if (Files.isDirectory(folder.path())) {
            folder.tidy(start.running());
        }
    }

    // ---- what is there

    /** The version that was tried last and not confirmed. */
    synchronized Optional<NodeVersion> failed() throws IOException {
        Optional<String> failed = folder.first(VersionFolder.FAILED);
        if (failed.isEmpty()) {
            return Optional.empty();
        }
        List<String> problems = folder.lines(VersionFolder.PROBLEMS);
        String why = problems.size() > 1 && problems.get(0).equals(failed.get())
                ? String.join("; ", problems.subList(1, problems.size()))
                : "it ended before it had passed its self-test";
        return Optional.of(new NodeVersion(failed.get(), failed.get(), Set.of(Mark.FAILED), why));
    }

    synchronized List<NodeVersion> versions() throws IOException {
        Optional<NodeVersion> failed = failed();
        Set<String> names = new TreeSet<>(folder.unpacked());
        failed.ifPresent(one -> names.add(one.name()));
        names.remove(NodeVersions.INSTALLED);
        List<String> sorted = new ArrayList<>(names);
        sorted.sort(Comparator.comparing(PackageVersion::ofMaven).reversed());
        sorted.add(NodeVersions.INSTALLED);
        List<NodeVersion> versions = new ArrayList<>();
        for (String name : sorted) {
            boolean isInstalled = name.equals(NodeVersions.INSTALLED);
            versions.add(new NodeVersion(
                    name,
                    isInstalled ? start.installed().toString() : name,
                    marks(name),
                    failed.filter(one -> one.name().equals(name))
                            .map(NodeVersion::remark)
                            .orElse("")));
        }
        return versions;
    }

    private Set<Mark> marks(String name) throws IOException {
        Set<Mark> marks = EnumSet.noneOf(Mark.class);
        if (name.equals(start.running())) {
            marks.add(isOnTrial() ? Mark.ON_TRIAL : Mark.RUNNING);
        }
        if (folder.first(VersionFolder.NEXT).filter(name::equals).isPresent()) {
            marks.add(Mark.NEXT);
        }
        if (folder.previous().filter(name::equals).isPresent()) {
            marks.add(Mark.PREVIOUS);
        }
        if (folder.first(VersionFolder.FAILED).filter(name::equals).isPresent()) {
            marks.add(Mark.FAILED);
        }
        return Set.copyOf(marks);
    }
}
