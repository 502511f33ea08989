package io.kairos.core.router.request;

import static io.kairos.api.transport.InterfaceMode.BOUNDARY;
import static io.kairos.api.transport.InterfaceMode.GATEWAY;
import static io.kairos.api.transport.InterfaceMode.ROAMING;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.transport.InterfaceMode;
import io.kairos.core.router.NodeTime;
import io.kairos.core.router.Refusal;
import io.kairos.core.router.Refusals;
import io.kairos.core.router.announce.Repeats;
import io.kairos.core.router.announce.Verifiers;
import io.kairos.core.router.forward.LocalAddress;
import io.kairos.core.router.path.Candidate;
import io.kairos.core.router.path.Path;
import io.kairos.core.router.path.PathBook;
import io.kairos.core.router.ports.Port;
import io.kairos.core.router.ports.Ports;
import io.kairos.core.router.table.KeyedTable;
import io.kairos.lib.wire.PathRequest;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Answers path requests of others or searches on for them (docs/protocol/transport.md, path requests). Threads: belongs to
 * the owner of the tables.
 */
public final class PathRequests {

    private static final long GRACE_MILLIS = 400;
    private static final long ROAMING_GRACE_MILLIS = 1_500;
    private static final long SEARCH_MILLIS = 15_000;
    private static final int MOST_TAGS = 32_000;
    private static final int MOST_SEARCHES = 4_096;

    private final boolean forwards;
    private final NodeTime time;
    private final Ports ports;
    private final PathBook paths;
    private final KeyedTable<LocalAddress> locals;
    private final Repeats repeats;
    private final RequestSender sender;
    private final ProgramRequests programs;
    private final Verifiers verifiers;
    private final Refusals refusals;
    private final Set<Seen> seen = new LinkedHashSet<>();
    private final Map<DestinationHash, Search> searches = new HashMap<>();

    private record Seen(DestinationHash destination, PathRequest.Tag tag) {}

    private record Search(Port from, long until) {}

    /** @param verifiers also runs what local destinations do about a request: they sign an announce */
    public PathRequests(
            boolean forwards,
            NodeTime time,
            Ports ports,
            PathBook paths,
            KeyedTable<LocalAddress> locals,
            Repeats repeats,
            RequestSender sender,
            ProgramRequests programs,
            Verifiers verifiers,
            Refusals refusals) {
        this.forwards = forwards;
        this.time = time;
        this.ports = ports;
        this.paths = paths;
        this.locals = locals;
        this.repeats = repeats;
        this.sender = sender;
        this.programs = programs;
        this.verifiers = verifiers;
        this.refusals = refusals;
    }

    /** Somebody asks on {@code on}. */
    public void received(Port on, PathRequest request) {
        on.countRequest(time.millis());
        if (!seen.add(new Seen(request.destination(), request.tag()))) {
            refusals.count(Refusal.REQUEST_REPEATED);
            return;
        }
        if (seen.size() > MOST_TAGS) {
            Iterator<Seen> oldest = seen.iterator();
            oldest.next();
            oldest.remove();
        }
        LocalAddress local =
                locals.get(request.destination().high(), request.destination().low());
        Path path = paths.usable(request.destination());
        if (local != null) {
            byte[] tag = request.tag().toBytes();
            if (!verifiers.offer(on, () -> local.receiver().pathRequested(on, tag))) {
                refusals.count(Refusal.REQUEST_FULL);
            }
        } else if (programs.serves(on, request.destination(), path)) {
            return;
        } else if (path != null && forwards) {
            answer(on, request, path.way());
        } else if (forwards && searchesFor(on)) {
            search(on, request);
        } else if (path == null && programs.mayKnow() && remember(on, request)) {
            programs.ask(request.destination());
        }
    }

    /** Whether somebody waits for a path to this destination. */
    public boolean isSearched(DestinationHash destination) {
        return searches.containsKey(destination);
    }

    /** Who waits for a path to this destination: an interface, or {@code null}. */
    public Port searcher(DestinationHash destination) {
        Search search = searches.get(destination);
        return search == null || search.from.isGone() ? null : search.from;
    }

    /** Forgets searches that took too long. */
    public void cull() {
        long now = time.millis();
        searches.values().removeIf(search -> now >= search.until);
    }

    private void answer(Port on, PathRequest request, Candidate way) {
        boolean roaming = on.mode() == ROAMING;
        if (roaming && way.port() == on
                || request.requester().isPresent() && request.requester().get().equals(way.next())) {
            return; // whoever asks is on that way already
        }
        long delay = GRACE_MILLIS + (roaming ? ROAMING_GRACE_MILLIS : 0);
        repeats.answer(request.destination(), way.announce(), way.hops(), on, delay);
    }

    private static boolean searchesFor(Port on) {
        return on.policy().recursivePathRequests()
                || switch (on.mode()) {
                    case ACCESS_POINT, GATEWAY, ROAMING, INTERNAL, BOUNDARY -> true;
                    case FULL, POINT_TO_POINT -> false;
                };
    }

    /** Notes that somebody waits for a path; false where nothing more is to be done. */
    private boolean remember(Port on, PathRequest request) {
        if (searches.containsKey(request.destination())) {
            return false;
        }
        if (on.policy().ingressControl() && on.requestGuard().limits(time.millis())) {
            refusals.count(Refusal.REQUEST_LIMITED);
            return false;
        }
        if (searches.size() >= MOST_SEARCHES) {
            refusals.count(Refusal.REQUEST_FULL);
            return false;
        }
        searches.put(request.destination(), new Search(on, time.millis() + SEARCH_MILLIS));
        return true;
    }

    private void search(Port on, PathRequest request) {
        if (!remember(on, request)) {
            return;
        }
        boolean narrow = on.mode() == BOUNDARY && !on.policy().recursivePathRequests();
        for (Port out : ports.all()) {
            InterfaceMode mode = out.mode();
            if (out != on && (!narrow || mode == BOUNDARY || mode == GATEWAY)) {
                sender.passOn(request.destination(), request.tag(), out);
            }
        }
    }
}
