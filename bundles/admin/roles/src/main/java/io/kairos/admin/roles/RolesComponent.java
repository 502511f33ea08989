package io.kairos.admin.roles;

import io.kairos.api.admin.Roles;
import io.kairos.api.health.Finding;
import io.kairos.api.health.HealthCheck;
import io.kairos.api.identity.Networks;
import io.kairos.api.role.NodeRole;
import io.kairos.api.role.NodeView;
import io.kairos.api.routing.Router;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.MeshInterface;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.features.FeaturesService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The roles of this node: makes what is installed and what {@code etc/io.kairos.admin.roles.cfg} says one, and asks each role
 * how the node does.
 *
 * <p>Threads: any. What the file says is followed on a thread of its own, and not before the container has everything it
 * starts with, because it provisions one thing at a time.
 */
@Component(
        immediate = true,
        configurationPid = RolesComponent.PID,
        service = {Roles.class, HealthCheck.class})
@Designate(ocd = RolesConfig.class)
public final class RolesComponent implements Roles, HealthCheck {

    static final String PID = "io.kairos.admin.roles";

    private static final String KEY = "roles";
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Choice choice;
    private final ExecutorService follower = new ThreadPoolExecutor(
            0, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(64), task -> new Thread(task, "kairos-roles-follow"));
    private final List<NodeRole> roles = new CopyOnWriteArrayList<>();
    private final Lock present = new ReentrantLock();
    private final Condition changed = present.newCondition();
    private final List<MeshInterface> interfaces = new CopyOnWriteArrayList<>();

    private volatile Optional<Set<String>> chosen; // what the file names; empty where it names nothing
    private volatile Router router;
    private volatile boolean booted;

    @Activate
    public RolesComponent(BundleContext context, Map<String, Object> settings, @Reference FeaturesService features) {
        chosen = named(settings);
        Optional<RoleFile> file = Optional.ofNullable(context.getProperty("karaf.etc"))
                .map(etc -> new RoleFile(Path.of(etc).resolve(PID + ".cfg")));
        String data = context.getProperty("karaf.data");
        Path folder = data == null ? context.getDataFile("").toPath() : Path.of(data, "kairos");
        choice = new Choice(
                new RoleFeatures(features), file, this::wishedHeap, new HeapWish(folder.resolve("role-heap")));
    }

    @Activate
    void start() {
        follow();
    }

    @Modified
    void modified(Map<String, Object> settings) {
        chosen = named(settings);
        follow();
    }

    /** What is being followed is given a moment to end, because it asks parts of the container that stop next. */
    @Deactivate
    void stop() {
        follower.shutdown();
        try {
            if (follower.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        follower.shutdownNow();
    }

    private void follow() {
        if (!booted) {
            return; // binding BootFinished leads here again
        }
        follower.execute(() -> chosen.ifPresentOrElse(choice::follow, choice::keepHeap));
    }

    /** Empty where the file does not name the key at all: then features alone decide. */
    static Optional<Set<String>> named(Map<String, Object> settings) {
        Object value = settings.get(KEY);
        if (value == null) {
            return Optional.empty();
        }
        Stream<String> parts = value instanceof Object[] several
                ? Arrays.stream(several).map(String::valueOf)
                : Stream.of(String.valueOf(value));
        Set<String> names = new TreeSet<>();
        parts.flatMap(part -> Arrays.stream(part.split("[,\\s]+")))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .forEach(names::add);
        return Optional.of(names);
    }

    @Override
    public List<Role> all() {
        return choice.all();
    }

    @Override
    public List<String> install(String name) {
        return choice.install(name);
    }

    @Override
    public List<String> change(String name) {
        return choice.change(name);
    }

    @Override
    public List<String> leave(String name) {
        return choice.leave(name);
    }

    @Override
    public String subject() {
        return "roles";
    }

    @Override
    public List<Finding> examine() {
        return new Examination(choice, chosen, List.copyOf(roles), view()).findings();
    }

    private NodeView view() {
        List<NodeView.Interface> all = interfaces.stream()
                .map(one -> new NodeView.Interface(
                        one.name(),
                        one.kind(),
                        one.policy().mode().word(),
                        one.status().state() != InterfaceState.DISABLED,
                        one.status().isUp()))
                .toList();
        Router present = router;
        return new NodeView(all, present != null && present.forwards(), HeapWish.runningMegabytes());
    }

    /** A bundle that has started offers its service a moment later. */
    private int wishedHeap(Set<String> wanted) {
        present.lock();
        try {
            long left = PATIENCE.toNanos();
            while (left > 0 && !names().equals(wanted)) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            present.unlock();
        }
        return roles.stream().mapToInt(NodeRole::heapMegabytes).max().orElse(0);
    }

    private Set<String> names() {
        return roles.stream().map(NodeRole::name).collect(Collectors.toSet());
    }

    private void tell() {
        present.lock();
        try {
            changed.signalAll();
        } finally {
            present.unlock();
        }
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindBoot(BootFinished finished) {
        booted = true;
        follow();
    }

    void unbindBoot(BootFinished gone) {
        // the container has started all the same
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addRole(NodeRole role) {
        roles.add(role);
        tell();
    }

    void removeRole(NodeRole role) {
        roles.remove(role);
        tell();
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addInterface(MeshInterface one) {
        interfaces.add(one);
    }

    void removeInterface(MeshInterface one) {
        interfaces.remove(one);
    }

    @Reference(
            target = Networks.IN_MAIN,
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindRouter(Router present) {
        router = present;
    }

    void unbindRouter(Router gone) {
        if (router == gone) {
            router = null;
        }
    }
}
