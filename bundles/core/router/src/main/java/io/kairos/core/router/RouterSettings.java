package io.kairos.core.router;

import io.kairos.api.identity.Networks;

/**
 * What an operator decides about the router, checked.
 *
 * @param network which mesh it serves
 * @param forward whether it forwards for others
 * @param hideOrigin whether packets of this machine pretend to come from further away
 * @param pathLimit most paths, and as many known destinations
 * @param linkLimit most links of others
 * @param reverseLimit most packets whose proof is awaited
 * @param duplicateGeneration packets in one generation of the duplicate list
 * @param announceQueue announces of one interface that wait for their signature check
 * @param announceQueueTotal announces of all interfaces that wait
 */
public record RouterSettings(
        String network,
        boolean forward,
        boolean hideOrigin,
        int pathLimit,
        int linkLimit,
        int reverseLimit,
        int duplicateGeneration,
        int announceQueue,
        int announceQueueTotal) {

    /** Most paths that are ever kept. */
    public static final int MOST_PATHS = 1_000_000;

    /** Settings without hidden origin. */
    public RouterSettings(
            String network,
            boolean forward,
            int pathLimit,
            int linkLimit,
            int reverseLimit,
            int duplicateGeneration,
            int announceQueue,
            int announceQueueTotal) {
        this(
                network,
                forward,
                false,
                pathLimit,
                linkLimit,
                reverseLimit,
                duplicateGeneration,
                announceQueue,
                announceQueueTotal);
    }

    private static final long BYTES_PER_PATH = 4096; // a quarter of the heap at one kilobyte each

    /** What a node has when its operator says nothing. */
    public static RouterSettings defaults(long heapBytes) {
        return new RouterSettings("main", true, pathsFor(heapBytes), 100_000, 500_000, 500_000, 4096, 65_536);
    }

    /** Reads the operator's form; values out of range are moved to the nearest that works. */
    /** Tables of further networks must not take the heap from the main one: by default they are a quarter of its size. */
    static RouterSettings from(String network, RouterConfig config) {
        long heap = Runtime.getRuntime().maxMemory();
        return from(network, config, network.equals(Networks.MAIN) ? heap : heap / 4);
    }

    static RouterSettings from(String network, RouterConfig config, long heapBytes) {
        int paths = config.limit_paths() <= 0 ? pathsFor(heapBytes) : Math.min(config.limit_paths(), MOST_PATHS);
        int queue = Math.max(16, config.limit_announce_queue());
        return new RouterSettings(
                network,
                config.forward(),
                config.local_hops_delta(),
                paths,
                Math.max(1, config.limit_links()),
                Math.max(1024, config.limit_reverse()),
                500_000,
                queue,
                Math.max(queue, 65_536));
    }

    /** As many paths as fit into a quarter of the heap. */
    static int pathsFor(long heapBytes) {
        return (int) Math.max(4096, Math.min(MOST_PATHS, heapBytes / BYTES_PER_PATH));
    }

    public RouterSettings withForward(boolean other) {
        return new RouterSettings(
                network,
                other,
                hideOrigin,
                pathLimit,
                linkLimit,
                reverseLimit,
                duplicateGeneration,
                announceQueue,
                announceQueueTotal);
    }

    public RouterSettings withHiddenOrigin() {
        return new RouterSettings(
                network,
                forward,
                true,
                pathLimit,
                linkLimit,
                reverseLimit,
                duplicateGeneration,
                announceQueue,
                announceQueueTotal);
    }
}
