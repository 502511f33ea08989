package io.kairos.core.management;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.Blackholed;
import io.kairos.api.identity.Networks;
import io.kairos.api.link.Endpoints;
import io.kairos.api.link.Link;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.store.Store;
import io.kairos.api.time.Clock;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.bytes.MessagePack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes over the lists of refused identities of other nodes. Threads: {@link #update} by one timer, one after the other; answers come on threads of the links. */
final class BlackholeSubscription {

    static final String NAME = "rnstransport.info.blackhole";
    static final String PATH = "/list";

    private static final Duration RETRY = Duration.ofMinutes(2);
    private static final Logger LOG = LoggerFactory.getLogger(BlackholeSubscription.class);

    private final String folder;
    private final List<IdentityHash> sources;
    private final Duration interval;
    private final Endpoints endpoints;
    private final SourceLists lists;
    private final Store store;
    private final Clock clock;
    private final Map<IdentityHash, Long> due = new ConcurrentHashMap<>();

    BlackholeSubscription(
            String network,
            ManagementSettings settings,
            Endpoints endpoints,
            SourceLists lists,
            Store store,
            Clock clock) {
        this.folder = network.equals(Networks.MAIN) ? "blackhole/" : "networks/" + network + "/blackhole/";
        this.sources = settings.sources();
        this.interval = settings.interval();
        this.endpoints = endpoints;
        this.lists = lists;
        this.store = store;
        this.clock = clock;
    }

    /** Refuses what the sources said in earlier runs. */
    void restore() {
        for (IdentityHash source : sources) {
            try {
                store.read(document(source)).ifPresent(packed -> refuse(MessagePack.unpack(packed), source));
            } catch (MeshException | MalformedException e) {
                LOG.warn("A stored list of refused identities cannot be read; it is fetched anew: {}", e.getMessage());
            }
        }
    }

    /** Asks each source whose time has come; forgets what those said who are no sources any more. */
    void update() {
        lists.keepOnly(Set.copyOf(sources));
        long now = clock.nanos();
        for (IdentityHash source : sources) {
            if (now - due.getOrDefault(source, now) >= 0) {
                due.put(source, now + interval.toNanos());
                ask(source);
            }
        }
    }

    private void ask(IdentityHash source) {
        DestinationHash destination = Hashes.destination(NAME, source);
        endpoints.connect(destination).whenComplete((link, failure) -> {
            if (failure != null) {
                LOG.info("A source of refused identities cannot be reached; it is asked again soon");
                askAgainSoon(source);
            } else {
                read(link, source);
            }
        });
    }

    private void read(Link link, IdentityHash source) {
        link.request(PATH, null, Duration.ZERO).response().whenComplete((response, failure) -> {
            link.close();
            if (failure == null && response.value() instanceof Map<?, ?>) {
                List<Blackholed> listed = refuse(response.value(), source);
                store.write(document(source), MessagePack.pack(BlackholeList.encode(listed)));
            } else {
                LOG.info("A source of refused identities did not answer; it is asked again soon");
                askAgainSoon(source);
            }
        });
    }

    private void askAgainSoon(IdentityHash source) {
        long soon = Math.min(RETRY.toNanos(), interval.toNanos());
        due.put(source, clock.nanos() + soon);
    }

    private List<Blackholed> refuse(Object value, IdentityHash source) {
        List<Blackholed> listed = BlackholeList.decode(value, source);
        lists.replace(source, listed);
        return listed;
    }

    private String document(IdentityHash source) {
        return folder + source.toHex();
    }
}
