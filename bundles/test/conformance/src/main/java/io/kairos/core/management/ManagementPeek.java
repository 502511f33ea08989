package io.kairos.core.management;

import io.kairos.api.identity.Blackholed;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.link.Endpoints;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.store.Store;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.core.router.RouterCore;
import io.kairos.test.conformance.Inside;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The management destinations of a node in the conformance bridge, started as the container would. */
public final class ManagementPeek implements AutoCloseable {

    public static final String PROBE = ManagementCore.PROBE;
    public static final String REMOTE = ManagementCore.REMOTE;
    public static final String BLACKHOLE = BlackholeSubscription.NAME;

    private final ManagementSettings settings;
    private final ManagementCore core;

    private ManagementPeek(ManagementSettings settings, ManagementCore core) {
        this.settings = settings;
        this.core = core;
    }

    public static ManagementPeek start(
            ManagementConfig config,
            Endpoints endpoints,
            RouterCore router,
            IdentityStore identities,
            Store store,
            Clock clock,
            Timers timers) {
        ManagementSettings settings = ManagementSettings.from(config);
        return new ManagementPeek(
                settings,
                new ManagementCore(
                        settings,
                        new ManagementCore.Node(
                                endpoints,
                                router.router(),
                                router.pathTable(),
                                router.knownDestinations(),
                                identities,
                                Optional::empty,
                                store,
                                clock,
                                timers)));
    }

    /** Who may ask for status and paths. */
    public List<IdentityHash> allowed() {
        return List.copyOf(settings.allowed());
    }

    /** Whose lists of refused identities are taken over. */
    public List<IdentityHash> sources() {
        return settings.sources();
    }

    /** What programs of this machine are told of the first interface. */
    public static Map<?, ?> firstInterface(RouterCore router, Clock clock) {
        TrafficRates rates = new TrafficRates(router.router(), clock);
        StatusAnswer status =
                new StatusAnswer(router.router(), rates, Optional::empty, Optional::empty, Optional::empty);
        return (Map<?, ?>) ((List<?>) status.node().get("interfaces")).get(0);
    }

    /** The entries of a list of refused identities, each with the source that it names. */
    public static List<Blackholed> read(Map<?, ?> answer) {
        return answer.entrySet().stream()
                .flatMap(entry -> {
                    byte[] source = (byte[]) ((Map<?, ?>) entry.getValue()).get("source");
                    return BlackholeList.decode(Map.of(entry.getKey(), entry.getValue()), IdentityHash.of(source))
                            .stream();
                })
                .toList();
    }

    @SuppressWarnings("unchecked")
    public Optional<LocalDestination> find(String name) {
        return ((List<LocalDestination>) Inside.get(core, "destinations"))
                .stream().filter(one -> one.settings().fullName().equals(name)).findFirst();
    }

    @Override
    public void close() {
        core.close();
    }
}
