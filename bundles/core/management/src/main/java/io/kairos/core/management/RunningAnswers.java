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
import java.util.function.Supplier;

/** Answers to local programs of one network, with the rates they ask for; takes samples until it is closed. */
final class RunningAnswers implements ProgramCalls, AutoCloseable {

    private static final Duration SAMPLES = Duration.ofSeconds(5);

    private final CallAnswers answers;
    private final Timers.Timer sampling;

    /** @param network hash of the identity that stands for the network of this node, hexadecimal */
    RunningAnswers(
            Router router,
            PathTable paths,
            KnownDestinations known,
            Supplier<Optional<String>> network,
            Clock clock,
            Timers timers) {
        TrafficRates rates = new TrafficRates(router, clock);
        IdentityHash node = IdentityHash.of(router.transportId().toBytes());
        DestinationHash probe = Hashes.destination(ManagementCore.PROBE, node);
        StatusAnswer status = new StatusAnswer(
                router, rates, ResidentMemory::read, () -> Optional.of(probe).filter(router::livesHere), network);
        answers = new CallAnswers(router, paths, known, status);
        sampling = timers.every(SAMPLES, rates::sample);
    }

    @Override
    public Optional<Answer> answer(Map<?, ?> call) {
        return answers.answer(call);
    }

    @Override
    public void close() {
        sampling.cancel();
    }
}
