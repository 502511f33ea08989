package io.kairos.platform.gate;

import java.util.Collection;
import org.osgi.framework.Bundle;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/** Takes what may not resolve out of each attempt to resolve. Threads: any. */
final class Gate implements ResolverHookFactory, ResolverHook {

    private final Judge judge;

    Gate(Judge judge) {
        this.judge = judge;
    }

    @Override
    public ResolverHook begin(Collection<BundleRevision> triggers) {
        return this;
    }

    @Override
    public void filterResolvable(Collection<BundleRevision> candidates) {
        candidates.removeIf(revision -> !mayResolve(revision));
    }

    private boolean mayResolve(BundleRevision revision) {
        Bundle bundle = revision.getBundle();
        if (bundle.getBundleId() == 0) {
            return true;
        }
        // what is judged is the newest content of the bundle
        return revision.equals(bundle.adapt(BundleRevision.class))
                && judge.admits(
                        bundle.getBundleId(), bundle.getLastModified(), bundle.getLocation(), bundle.getSymbolicName());
    }

    @Override
    public void filterSingletonCollisions(BundleCapability singleton, Collection<BundleCapability> candidates) {
        // only resolvability is the gate's business
    }

    @Override
    public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {
        // only resolvability is the gate's business
    }

    @Override
    public void end() {
        judge.remember();
    }
}
