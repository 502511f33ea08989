package io.kairos.transport.sneakernet;

/** Wall-clock time, on machines that may have none. */
final class WallTime {

    /** 2025-01-01: a clock that shows less was never set. */
    private static final long FIRST_SECOND = 1_735_689_600L;

    private WallTime() {}

    /** Whether anything may be called expired by this clock. */
    static boolean isPlausible(long nowSeconds) {
        return nowSeconds >= FIRST_SECOND;
    }
}
