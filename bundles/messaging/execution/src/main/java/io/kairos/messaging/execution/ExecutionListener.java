package io.kairos.messaging.execution;

import io.kairos.api.files.RemoteCommands.Result;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.link.DestinationSettings;
import io.kairos.api.link.Endpoints;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.link.LocalDestination.Access;
import io.kairos.api.link.LocalDestination.IncomingRequest;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs commands for listed identities at {@code rnx.execute}. Threads: any. */
final class ExecutionListener implements AutoCloseable {

    static final String NAME = "rnx.execute";
    static final String PATH = "command";

    private static final Logger LOG = LoggerFactory.getLogger(ExecutionListener.class);

    private final LocalDestination destination;
    private final Runner runner;
    private final Clock clock;

    ExecutionListener(
            Endpoints endpoints, LocalIdentity identity, Set<IdentityHash> allowed, Runner runner, Clock clock) {
        this.runner = runner;
        this.clock = clock;
        destination = endpoints.open(DestinationSettings.single(NAME, identity));
        destination.onLink(link -> link.onIdentified(who -> {
            if (!allowed.contains(who.hash())) {
                link.close();
            }
        }));
        destination.onRequest(PATH, Access.LISTED, allowed, this::answer);
        destination.announce(Optional.empty());
    }

    private Object answer(IncomingRequest request) {
        Optional<Asked> asked = Asked.of(request.data());
        if (asked.isEmpty()) {
            return null;
        }
        double start = clock.wallMillis() / 1000.0;
        Result result = runner.run(asked.get());
        LOG.info("A command of an allowed identity {}", result.started() ? "was run" : "could not be run");
        return ResultCodec.encode(result, start);
    }

    DestinationHash address() {
        return destination.address();
    }

    @Override
    public void close() {
        destination.close();
    }
}
