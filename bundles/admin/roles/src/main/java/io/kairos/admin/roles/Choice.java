package io.kairos.admin.roles;

import io.kairos.api.admin.Roles;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides which roles the node has: by command, or as its file says. Threads: any, one change at a time. */
final class Choice implements Roles {

    private static final Logger LOG = LoggerFactory.getLogger(Choice.class);

    private final Provisioner provisioner;
    private final Optional<RoleFile> file;
    private final ToIntFunction<Set<String>> wishedHeap;
    private final HeapWish heap;

    /**
     * @param file where the choice is kept; empty where this container has no folder of settings
     * @param wishedHeap what these roles want, in megabytes; may wait a moment until they are there
     */
    Choice(Provisioner provisioner, Optional<RoleFile> file, ToIntFunction<Set<String>> wishedHeap, HeapWish heap) {
        this.provisioner = provisioner;
        this.file = file;
        this.wishedHeap = wishedHeap;
        this.heap = heap;
    }

    @Override
    public List<Role> all() {
        Set<String> installed = provisioner.installed();
        return provisioner.known().entrySet().stream()
                .map(role -> new Role(role.getKey(), role.getValue(), installed.contains(role.getKey())))
                .toList();
    }

    @Override
    public synchronized List<String> install(String name) {
        requireKnown(name);
        Set<String> wanted = new TreeSet<>(provisioner.installed());
        if (!wanted.add(name)) {
            throw new MeshException(
                    Failure.Kind.CONFIGURATION,
                    "This node is a %s already.".formatted(name),
                    "role:show %s tells what that means here.".formatted(name));
        }
        return become(wanted);
    }

    @Override
    public synchronized List<String> change(String name) {
        requireKnown(name);
        return become(new TreeSet<>(Set.of(name)));
    }

    @Override
    public synchronized List<String> leave(String name) {
        requireKnown(name);
        Set<String> wanted = new TreeSet<>(provisioner.installed());
        if (!wanted.remove(name)) {
            throw new MeshException(
                    Failure.Kind.CONFIGURATION,
                    "This node is no %s.".formatted(name),
                    wanted.isEmpty() ? "It has no role." : "It is: %s.".formatted(String.join(", ", wanted)));
        }
        return become(wanted);
    }

    /** The file says so: at the start, and when it was edited. Names that no role has are told and left out. */
    synchronized void follow(Set<String> named) {
        if (file.flatMap(RoleFile::roles).filter(now -> !now.equals(named)).isPresent()) {
            return; // the container tells of edits a moment later, and a command has written something newer meanwhile
        }
        Set<String> wanted = new TreeSet<>(named);
        wanted.retainAll(provisioner.known().keySet());
        unknown(named).ifPresent(message -> LOG.warn("{} Roles are: {}", message, names()));
        try {
            if (!wanted.equals(provisioner.installed())) {
                provisioner.provision(wanted);
                LOG.info("The roles of this node are now: {}", wanted);
            }
            heap.keep(wishedHeap.applyAsInt(wanted));
        } catch (MeshException e) {
            LOG.error("{} {}", e.failure().message(), e.remedy(), e);
        }
    }

    /** Nothing is chosen in the file: whatever is installed holds. */
    synchronized void keepHeap() {
        heap.keep(wishedHeap.applyAsInt(provisioner.installed()));
    }

    /** What is wrong with what the file names. */
    Optional<String> unknown(Set<String> named) {
        Set<String> unknown = new TreeSet<>(named);
        unknown.removeAll(provisioner.known().keySet());
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of("There is no role '%s'.".formatted(String.join("', '", unknown)));
    }

    String names() {
        return String.join(", ", provisioner.known().keySet());
    }

    private List<String> become(Set<String> wanted) {
        if (!wanted.equals(provisioner.installed())) {
            provisioner.provision(wanted);
        }
        List<String> notes = new ArrayList<>();
        file.ifPresent(one -> {
            one.write(wanted);
            notes.add("Written to %s.".formatted(one.path()));
        });
        int wished = wishedHeap.applyAsInt(wanted);
        heap.keep(wished);
        HeapWish.note(wished, HeapWish.runningMegabytes()).ifPresent(notes::add);
        return notes;
    }

    private void requireKnown(String name) {
        if (!provisioner.known().containsKey(name)) {
            throw new MeshException(
                    Failure.Kind.CONFIGURATION,
                    "There is no role '%s'.".formatted(name),
                    "Roles are: %s. role:list tells what they are for.".formatted(names()));
        }
    }
}
