package io.kairos.core.router;

import io.kairos.api.health.HealthCheck;
import io.kairos.api.health.MetricSource;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.routing.PacketRouter;
import io.kairos.api.routing.PathTable;
import io.kairos.api.routing.Router;
import io.kairos.api.transport.MeshInterface;
import io.kairos.core.router.announce.AnnounceCheck;
import io.kairos.core.router.announce.AnnounceDesk;
import io.kairos.core.router.announce.AnnounceNews;
import io.kairos.core.router.announce.AnnounceSender;
import io.kairos.core.router.announce.RateControl;
import io.kairos.core.router.announce.Repeats;
import io.kairos.core.router.announce.Verifiers;
import io.kairos.core.router.forward.Delivery;
import io.kairos.core.router.forward.Forwarding;
import io.kairos.core.router.forward.Ingress;
import io.kairos.core.router.forward.LinkKeeper;
import io.kairos.core.router.forward.SignalLog;
import io.kairos.core.router.forward.Traffic;
import io.kairos.core.router.forward.TransitProofs;
import io.kairos.core.router.known.Blackhole;
import io.kairos.core.router.known.KnownBook;
import io.kairos.core.router.path.PathBook;
import io.kairos.core.router.ports.OriginHops;
import io.kairos.core.router.ports.Ports;
import io.kairos.core.router.request.OwnRequests;
import io.kairos.core.router.request.PathRequests;
import io.kairos.core.router.request.ProgramRequests;
import io.kairos.core.router.request.RequestSender;
import io.kairos.core.router.storage.Saving;
import io.kairos.core.router.storage.TableStorage;
import io.kairos.core.router.tunnel.Tunnels;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A router put together: give it its collaborators, {@link #start} it, {@link #attach} interfaces, use what it offers.
 * Knows nothing of OSGi.
 *
 * <p>Threads: packets are forwarded on the thread that brings them; everything that changes paths, announces, requests and
 * tunnels runs on one owner, {@link Collaborators#tables}.
 */
public final class RouterCore {

    private static final Logger LOG = LoggerFactory.getLogger(RouterCore.class);

    private final SerialExecutor tables;
    private final Membership membership;
    private final Jobs jobs;
    private final Parts parts;
    private final LocalTraffic packetRouter;
    private final RouterViews router;
    private final PathViews pathTable;
    private final KnownBook known;
    private final Health health;
    private final RouterNumbers numbers;
    private final TableStorage storage;

    // The parts refer to each other along the way of a packet, so this one constructor names them all in that order.
    public RouterCore(RouterSettings settings, Collaborators with) {
        NodeTime time = new NodeTime(with.clock());
        Refusals refusals = new Refusals();
        tables = new SerialExecutor(with.tables());
        SerialExecutor callbacks = new SerialExecutor(with.workers());
        IdentityHash identity = with.identity().hash();
        DestinationHash id = new DestinationHash(identity.high(), identity.low());
        boolean forwards = settings.forward();

        OriginHops origin =
                new OriginHops(settings.hideOrigin() ? 2 + with.random().nextInt(6) : 0);
        SignalLog signals = new SignalLog();
        SignatureCheck signatures = new SignatureCheck(with.suite());
        Ports ports = new Ports(time, with.suite());
        Traffic traffic = new Traffic(settings.duplicateGeneration(), settings.reverseLimit(), with.random());
        Predicate<DestinationHash> isLocal = hash -> traffic.locals().get(hash.high(), hash.low()) != null;
        PathBook paths =
                new PathBook(traffic.paths(), time, settings.pathLimit(), with.strategy(), with.random(), refusals);
        Upkeep upkeep = new Upkeep();
        Blackhole blackhole = new Blackhole(with.clock(), upkeep::identityRefused, upkeep::blackholeChanged);
        known = new KnownBook(
                time,
                settings.pathLimit(),
                blackhole,
                hash -> traffic.paths().get(hash.high(), hash.low()) != null,
                with.random(),
                refusals);
        Verifiers verifiers = new Verifiers(
                with.workers(), with.verifiers(), settings.announceQueue(), settings.announceQueueTotal());
        AnnounceCheck check = new AnnounceCheck(signatures, blackhole, known);
        AnnounceSender sender =
                new AnnounceSender(id, time, with.timers(), tables, ports, paths, isLocal, origin, refusals);
        Repeats repeats = new Repeats(time, sender, with.random(), refusals);
        RateControl rates = new RateControl(forwards, Math.min(settings.pathLimit(), 100_000));
        RequestSender asking =
                new RequestSender(forwards ? Optional.of(id) : Optional.empty(), time, ports, with.random());
        OwnRequests own = new OwnRequests(time, with.timers(), tables, callbacks, asking, refusals);
        ProgramRequests programs = new ProgramRequests(ports, repeats, asking, own);
        PathRequests requests = new PathRequests(
                forwards, time, ports, paths, traffic.locals(), repeats, asking, programs, verifiers, refusals);
        Tunnels tunnels = new Tunnels(time, paths, with.identity(), with.random(), settings.pathLimit(), refusals);
        AnnounceNews news = new AnnounceNews(with.listeners(), callbacks, refusals);
        AnnounceDesk desk = new AnnounceDesk(
                forwards,
                time,
                isLocal,
                check,
                new AnnounceDesk.Tables(known, paths, repeats, rates, requests, own, tunnels),
                sender,
                news,
                refusals);
        TransitProofs proofs = new TransitProofs(time, traffic, known, paths, origin, signatures, refusals);
        SlowLane slow = new SlowLane(tables, verifiers, check, desk, requests, tunnels, proofs, signatures, refusals);
        Delivery delivery = new Delivery(refusals);
        Forwarding forwarding = new Forwarding(time, ports, traffic, origin, settings.linkLimit(), refusals);
        Ingress ingress = new Ingress(id, forwards, traffic, forwarding, delivery, slow, signals, refusals);
        LinkKeeper links = new LinkKeeper(forwards, time, traffic, paths, own);

        storage = new TableStorage(
                with.store(),
                settings.network(),
                time,
                ports,
                traffic,
                paths,
                known,
                blackhole,
                tunnels,
                settings.duplicateGeneration(),
                settings.reverseLimit());
        Saving saving = new Saving(time, storage, paths, tunnels, with.storage());

        ProgramDuties duties =
                new ProgramDuties(with.timers(), tables, ports, traffic, paths, verifiers, with.random(), refusals);
        packetRouter =
                new LocalTraffic(id, forwards, time, tables, ports, traffic, origin, delivery, paths, own, duties);
        router = new RouterViews(settings, id, time, ports, traffic, signals, news, refusals);
        pathTable = new PathViews(time, tables, ports, paths, repeats, rates);
        health = new Health(router, pathTable, known, with);
        numbers = new RouterNumbers(router, ports, pathTable, known, verifiers);
        jobs = new Jobs(
                time,
                with.timers(),
                tables,
                ports,
                traffic,
                new Jobs.Kept(paths, known, blackhole, repeats, rates, requests, own, tunnels, links, saving),
                desk,
                refusals);
        membership = new Membership(ports, ingress, tables, verifiers, paths, tunnels, duties, jobs);
        upkeep.connect(tables, paths, known, () -> with.storage().execute(storage::saveBlackhole));
        parts = new Parts(ports, traffic, paths, known, repeats, rates, requests, asking, tunnels, desk);
    }

    /** The inner parts, for tests. */
    public record Parts(
            Ports ports,
            Traffic traffic,
            PathBook paths,
            KnownBook known,
            Repeats repeats,
            RateControl rates,
            PathRequests requests,
            RequestSender asking,
            Tunnels tunnels,
            AnnounceDesk desk) {}

    /** Takes the stored tables and begins the periodic work. May block on the disk. */
    public void start() {
        storage.load();
        jobs.start();
    }

    /** Ends the periodic work, lets go of all interfaces, which stay connected, and stores the tables. */
    public void stop() {
        stop(true);
    }

    /** As {@link #stop()}; without {@code save} what changed since the tables were stored last is lost. */
    void stop(boolean save) {
        jobs.stop();
        membership.detachAll();
        if (save) {
            save();
        }
    }

    /** Stores all tables now, also those that only a router which goes on at once can use. Blocks on the disk. */
    void save() {
        storage.save(lastTunnels());
        storage.saveTraffic();
    }

    private List<Tunnels.Tunnel> lastTunnels() {
        try {
            return CompletableFuture.supplyAsync(() -> parts.tunnels().copies(), tables)
                    .get(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("The owner of the router's tables is stuck; tunnels are not saved", e);
            return List.of();
        }
    }

    /** Takes in an interface; packets come from now on. */
    public void attach(MeshInterface medium) {
        membership.attach(medium);
    }

    /** Lets go of an interface and its children. */
    public void detach(MeshInterface medium) {
        membership.detach(medium);
    }

    /** Is told of each change of an attached interface, also of its network and its endpoints. */
    void watch(Consumer<MeshInterface> told) {
        membership.watch(told);
    }

    public PacketRouter packetRouter() {
        return packetRouter;
    }

    public Router router() {
        return router;
    }

    public PathTable pathTable() {
        return pathTable;
    }

    public KnownDestinations knownDestinations() {
        return known;
    }

    public HealthCheck interfaceCheck() {
        return health.interfaces();
    }

    public HealthCheck pathCheck() {
        return health.paths();
    }

    public MetricSource metrics() {
        return numbers;
    }

    /** What it is made of, for tests. */
    public Parts parts() {
        return parts;
    }

    /** Ends the periodic work alone, for tests that run it themselves. */
    public void stopTimer() {
        jobs.stop();
    }

    /** Runs all periodic work at once, also what is not due yet, for tests. On the owner of the tables. */
    public void runAllJobs() {
        jobs.everything();
    }

    /** Runs what is due now, for tests that do not want to wait for the timer. */
    public void runJobs() {
        jobs.tick();
    }
}
