package io.kairos.messaging.execution;

import io.kairos.api.failure.MeshException;
import io.kairos.api.files.RemoteCommands;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.identity.Networks;
import io.kairos.api.link.Endpoints;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remote execution in the container: the asking side always, the running side only where it is switched on. */
@Component(service = RemoteCommands.class, immediate = true, configurationPid = "io.kairos.messaging.execution")
@Designate(ocd = ExecutionConfig.class)
public final class ExecutionComponent implements RemoteCommands {

    private static final Logger LOG = LoggerFactory.getLogger(ExecutionComponent.class);

    private final CommandClient client;
    private final Optional<ExecutionListener> listener;

    @Activate
    public ExecutionComponent(
            ExecutionConfig config,
            @Reference(target = Networks.IN_MAIN) Endpoints endpoints,
            @Reference(target = Networks.IN_MAIN) IdentityStore identities,
            @Reference Clock clock,
            @Reference Timers timers) {
        client = new CommandClient(endpoints, identities, timers);
        listener = config.enabled() ? open(config, endpoints, identities, clock) : Optional.empty();
    }

    private static Optional<ExecutionListener> open(
            ExecutionConfig config, Endpoints endpoints, IdentityStore identities, Clock clock) {
        Set<IdentityHash> allowed = hashes(config.allowed());
        if (allowed.isEmpty()) {
            LOG.warn("Remote execution is enabled but no identity is allowed, so it stays off; set allowed");
            return Optional.empty();
        }
        try {
            Path home = Path.of(System.getProperty("karaf.base", "")).toAbsolutePath();
            Runner runner = new Runner(
                    home.resolve(config.folder()),
                    Duration.ofSeconds(Math.max(1, config.timeout_seconds())),
                    Math.max(0, config.output_bytes()),
                    Math.max(1, config.commands_at_once()),
                    clock);
            LocalIdentity identity =
                    identities.find(config.identity()).orElseGet(() -> identities.create(config.identity()));
            LOG.warn("{} identities may run commands on this machine", allowed.size());
            return Optional.of(new ExecutionListener(endpoints, identity, allowed, runner, clock));
        } catch (MeshException e) {
            LOG.error("Remote execution stays off: {} {}", e.getMessage(), e.remedy());
            return Optional.empty();
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
                LOG.warn("An entry of allowed is left out: {}; write 32 hexadecimal digits", e.getMessage());
            }
        }
        return Set.copyOf(hashes);
    }

    @Override
    public CompletionStage<Result> run(DestinationHash on, Command command) {
        return client.run(on, command);
    }

    @Override
    public Optional<DestinationHash> serving() {
        return listener.map(ExecutionListener::address);
    }

    @Deactivate
    void close() {
        listener.ifPresent(ExecutionListener::close);
    }
}
