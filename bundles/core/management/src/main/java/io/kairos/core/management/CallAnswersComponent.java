package io.kairos.core.management;

import io.kairos.api.admin.DiscoveredInterfaces;
import io.kairos.api.admin.ProgramCalls;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.identity.Networks;
import io.kairos.api.routing.PathTable;
import io.kairos.api.routing.Router;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Answers calls of local programs in the main network of the container, whether or not management over the mesh is switched
 * on.
 */
@Component(service = ProgramCalls.class, property = Networks.PROPERTY + "=" + Networks.MAIN)
public final class CallAnswersComponent implements ProgramCalls {

    private final RunningAnswers answers;
    private volatile DiscoveredInterfaces discovered; // comes and goes

    @Activate
    public CallAnswersComponent(
            @Reference(target = Networks.IN_MAIN) Router router,
            @Reference(target = Networks.IN_MAIN) PathTable paths,
            @Reference(target = Networks.IN_MAIN) KnownDestinations known,
            @Reference Clock clock,
            @Reference Timers timers) {
        answers = new RunningAnswers(router, paths, known, this::networkIdentity, clock, timers);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindDiscovered(DiscoveredInterfaces present) {
        discovered = present;
    }

    void unbindDiscovered(DiscoveredInterfaces gone) {
        if (discovered == gone) {
            discovered = null;
        }
    }

    private Optional<String> networkIdentity() {
        DiscoveredInterfaces present = discovered;
        return present == null ? Optional.empty() : present.networkIdentity();
    }

    @Override
    public Optional<Answer> answer(Map<?, ?> call) {
        return answers.answer(call);
    }

    @Deactivate
    void close() {
        answers.close();
    }
}
