package io.kairos.core.router.announce;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.routing.Router;
import io.kairos.core.router.NodeTime;
import io.kairos.core.router.Refusal;
import io.kairos.core.router.Refusals;
import io.kairos.core.router.known.KnownBook;
import io.kairos.core.router.path.Path;
import io.kairos.core.router.path.PathBook;
import io.kairos.core.router.ports.BurstGuard;
import io.kairos.core.router.ports.HeardAnnounce;
import io.kairos.core.router.ports.Port;
import io.kairos.core.router.request.OwnRequests;
import io.kairos.core.router.request.PathRequests;
import io.kairos.core.router.tunnel.Tunnels;
import io.kairos.lib.wire.Announce;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what an announce with a valid signature changes (docs/protocol/announce.md, receiving). Threads: belongs to the
 * owner of the tables.
 */
public final class AnnounceDesk {

    private static final Logger LOG = LoggerFactory.getLogger(AnnounceDesk.class);
    private static final int MOST_HOPS = 128;

    private final boolean forwards;
    private final NodeTime time;
    private final Predicate<DestinationHash> isLocal;
    private final AnnounceCheck check;
    private final KnownBook known;
    private final PathBook paths;
    private final Repeats repeats;
    private final AnnounceSender sender;
    private final RateControl rates;
    private final PathRequests requests;
    private final OwnRequests own;
    private final Tunnels tunnels;
    private final AnnounceNews news;
    private final Refusals refusals;

    /** Everything an announce may touch. */
    public record Tables(
            KnownBook known,
            PathBook paths,
            Repeats repeats,
            RateControl rates,
            PathRequests requests,
            OwnRequests own,
            Tunnels tunnels) {}

    public AnnounceDesk(
            boolean forwards,
            NodeTime time,
            Predicate<DestinationHash> isLocal,
            AnnounceCheck check,
            Tables tables,
            AnnounceSender sender,
            AnnounceNews news,
            Refusals refusals) {
        this.forwards = forwards;
        this.time = time;
        this.isLocal = isLocal;
        this.check = check;
        this.known = tables.known();
        this.paths = tables.paths();
        this.repeats = tables.repeats();
        this.rates = tables.rates();
        this.requests = tables.requests();
        this.own = tables.own();
        this.tunnels = tables.tunnels();
        this.sender = sender;
        this.news = news;
        this.refusals = refusals;
    }

    /** Takes an announce whose signature is valid. */
    public void heard(HeardAnnounce heard) {
        heard.port().countAnnounce(time.millis());
        if (heard.port().isGone() || holds(heard) || isLocal.test(heard.destination())) {
            return;
        }
        if (!check.belongs(heard.destination(), heard.announce())) {
            refusals.count(Refusal.ANNOUNCE_MISMATCH);
            LOG.warn("An announce on interface {} claims a destination with another key; it is refused", heard.port());
            return;
        }
        Announce announce =
                known.store(heard.destination(), AnnounceCheck.identityOf(heard.announce()), heard.announce());
        if (forwards) {
            repeats.heard(heard);
        }
        if (heard.hops() > MOST_HOPS) {
            refusals.count(Refusal.HOPS);
            return;
        }
        Path path = paths.offer(heard, announce);
        news.heard(view(heard, path != null));
        if (path != null) {
            accepted(heard, announce, path);
        }
    }

    private void accepted(HeardAnnounce heard, Announce announce, Path path) {
        DestinationHash destination = heard.destination();
        if (!heard.isPathResponse()) {
            if (rates.isBlocked(destination, heard.port().policy(), time.millis())) {
                refusals.count(Refusal.ANNOUNCE_RATE);
            } else if (heard.port().isProgram()) {
                repeats.addOfProgram(destination, announce, heard.hops());
            } else if (forwards) {
                repeats.add(destination, announce, heard.hops());
            }
        }
        sender.tellPrograms(destination, announce, heard.hops(), heard.port());
        Port searcher = requests.searcher(destination);
        if (searcher != null && !searcher.isProgram()) {
            sender.respond(destination, announce, heard.hops(), searcher);
        }
        tunnels.accepted(heard.port(), path);
        own.found(destination);
        known.peek(destination).ifPresent(what -> news.accepted(what, heard));
    }

    /** Whether ingress control keeps the announce back for now. */
    private boolean holds(HeardAnnounce heard) {
        Port port = heard.port();
        DestinationHash destination = heard.destination();
        if (!port.policy().ingressControl()
                || paths.usable(destination) != null
                || requests.isSearched(destination)
                || own.isAsked(destination)) {
            return false;
        }
        if (!isBurst(port)) {
            return false;
        }
        refusals.count(port.held().hold(heard) ? Refusal.ANNOUNCE_HELD : Refusal.ANNOUNCE_HELD_FULL);
        return true;
    }

    private boolean isBurst(Port port) {
        long now = time.millis();
        BurstGuard guard = port.announceGuard();
        boolean before = guard.isActive();
        boolean limits = guard.limits(now);
        if (!before && limits) {
            port.held().burstBegan(now);
        }
        return limits;
    }

    /** Looks after the bursts of an interface and lets go of a held announce if it is time. */
    public void review(Port port) {
        isBurst(port);
        port.requestGuard().limits(time.millis());
        release(port);
    }

    /** Lets go of a held announce if it is time. */
    public void release(Port port) {
        long now = time.millis();
        if (port.held().isDue(now) && port.announceGuard().isCalm(now)) {
            heard(port.held().release(now));
        }
    }

    private Router.AnnounceView view(HeardAnnounce heard, boolean accepted) {
        return new Router.AnnounceView(
                heard.destination(),
                heard.hops(),
                heard.port().name(),
                time.toWall(time.millis()),
                heard.isPathResponse(),
                accepted);
    }
}
