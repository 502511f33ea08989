package io.kairos.platform.gate;

import java.util.Collection;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Keeps foreign bundles from resolving: an attempt that is only about them fails, in every other one they get nothing and
 * give nothing. Threads: any.
 *
 * <p>They are not simply taken out of what may resolve: as soon as a hook takes anything out, Felix 7.0.5 offers no
 * resolved bundle to anybody any more, not even itself, and one foreign bundle would keep all others from resolving.
 */
final class Gate implements ResolverHookFactory {

    static final String REFUSED = "it is neither part of this distribution nor installed with plugin:install";

    private final Judge judge;

    Gate(Judge judge) {
        this.judge = judge;
    }

    @Override
    public ResolverHook begin(Collection<BundleRevision> triggers) {
        if (!triggers.isEmpty() && triggers.stream().noneMatch(this::mayResolve)) {
            judge.remember();
            throw new IllegalStateException(REFUSED);
        }
        return new Attempt(List.copyOf(triggers));
    }

    /** A resolved one was admitted before; its content may be that from before an update. */
    private boolean mayResolve(BundleRevision revision) {
        Bundle bundle = revision.getBundle();
        if (bundle.getBundleId() == 0 || revision.getWiring() != null) {
            return true;
        }
        // what is judged is the newest content of the bundle
        return revision.equals(bundle.adapt(BundleRevision.class))
                && judge.admits(
                        bundle.getBundleId(), bundle.getLastModified(), bundle.getLocation(), bundle.getSymbolicName());
    }

    /** One attempt, in which somebody who may resolve takes part. */
    private final class Attempt implements ResolverHook {

        private final Collection<BundleRevision> triggers;

        Attempt(Collection<BundleRevision> triggers) {
            this.triggers = triggers;
        }

        /** Only who needs nothing would get through otherwise, and only when he is asked for together with others. */
        @Override
        public void filterResolvable(Collection<BundleRevision> candidates) {
            for (BundleRevision revision : triggers) {
                if (revision.getDeclaredRequirements(null).isEmpty() && !mayResolve(revision)) {
                    candidates.remove(revision);
                }
            }
        }

        @Override
        public void filterSingletonCollisions(BundleCapability singleton, Collection<BundleCapability> candidates) {
            candidates.removeIf(capability -> !mayResolve(capability.getRevision())); // it is in nobody's way
        }

        @Override
        public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {
            if (mayResolve(requirement.getRevision())) {
                candidates.removeIf(capability -> !mayResolve(capability.getRevision()));
            } else {
                candidates.clear();
            }
        }

        @Override
        public void end() {
            judge.remember();
        }
    }
}
