package io.kairos.core.management;

import io.kairos.api.admin.ProgramCalls;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.routing.PathTable;
import io.kairos.api.routing.Router;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.lib.bytes.Hashes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Answers calls of local programs in the container, whether or not management over the mesh is switched on. */
@Component(service = ProgramCalls.class)
public final class CallAnswersComponent implements ProgramCalls {

    private static final Duration SAMPLES = Duration.ofSeconds(5);

    private final CallAnswers answers;
    private final Timers.Timer sampling;

    @Activate
    public CallAnswersComponent(
            @Reference Router router,
            @Reference PathTable paths,
            @Reference KnownDestinations known,
            @Reference Clock clock,
            @Reference Timers timers) {
        TrafficRates rates = new TrafficRates(router, clock);
        IdentityHash node = IdentityHash.of(router.transportId().toBytes());
        DestinationHash probe = Hashes.destination(ManagementCore.PROBE, node);
        StatusAnswer status = new StatusAnswer(
                router, rates, ResidentMemory::read, () -> Optional.of(probe).filter(router::livesHere));
        answers = new CallAnswers(router, paths, known, status);
        sampling = timers.every(SAMPLES, rates::sample);
    }

    @Override
    public Optional<Answer> answer(Map<?, ?> call) {
        return answers.answer(call);
    }

    @Deactivate
    void close() {
        sampling.cancel();
    }
}
