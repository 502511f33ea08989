package io.kairos.core.discovery;

import io.kairos.api.admin.DiscoveredInterfaces;
import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.routing.AnnounceListener;
import io.kairos.api.store.Store;
import io.kairos.api.time.Clock;
import io.kairos.lib.discovery.DiscoveryCheck;
import io.kairos.lib.discovery.Stamps;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Discovery in the container. It listens to announces only while it is switched on. */
@Component(immediate = true, configurationPid = "io.kairos.core.discovery")
@Designate(ocd = DiscoveryConfig.class)
public final class DiscoveryComponent implements DiscoveredInterfaces {

    private static final Logger LOG = LoggerFactory.getLogger(DiscoveryComponent.class);

    private final Collector collector;
    private final ExecutorService worker;
    private final ServiceRegistration<AnnounceListener> listening;

    @Activate
    public DiscoveryComponent(
            BundleContext context,
            DiscoveryConfig config,
            @Reference(target = "(" + CryptoSuite.SUITE + "=" + CryptoSuite.RETICULUM + ")") CryptoSuite suite,
            @Reference Store store,
            @Reference Clock clock) {
        worker = new ThreadPoolExecutor(0, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(16), task -> {
            Thread thread = new Thread(task, "kairos-discovery-check");
            thread.setDaemon(true);
            return thread;
        });
        Set<IdentityHash> sources = hashes(config.sources());
        collector = new Collector(
                new DiscoveryCheck(new Stamps(suite), config.required_value(), sources), sources, store, clock, worker);
        if (config.enabled()) {
            worker.execute(collector::restore);
            listening = context.registerService(AnnounceListener.class, collector, null);
        } else {
            listening = null;
        }
    }

    private static Set<IdentityHash> hashes(String[] texts) {
        Set<IdentityHash> hashes = new LinkedHashSet<>();
        for (String text : String.join(",", texts).split("[,\\s]+")) {
            try {
                if (!text.isBlank()) {
                    hashes.add(IdentityHash.parse(text));
                }
            } catch (IllegalArgumentException e) {
                LOG.warn("An entry of sources is left out: {}; write 32 hexadecimal digits", e.getMessage());
            }
        }
        return Set.copyOf(hashes);
    }

    @Override
    public List<Found> all() {
        return collector.all();
    }

    @Deactivate
    void close() {
        if (listening != null) {
            listening.unregister();
        }
        worker.shutdownNow();
    }
}
