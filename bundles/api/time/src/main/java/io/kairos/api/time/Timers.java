package io.kairos.api.time;

import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Runs short tasks later. Tasks share a few threads: whatever may block or compute for long belongs on an executor of
 * the caller.
 *
 * <p>Threads: any thread may call. A task that throws is logged and does not disturb others.
 */
@ProviderType
public interface Timers {

    /** Runs {@code task} once after {@code delay}; a delay that is zero or negative means as soon as possible. */
    Timer after(Duration delay, Runnable task);

    /**
     * Runs {@code task} again and again, the first time after {@code period}; a late run is not made up for and never
     * overlaps with the next.
     */
    Timer every(Duration period, Runnable task);

    /** A task that waits. */
    @ProviderType
    interface Timer {

        /** Prevents future runs; a run under way ends by itself. Calling it again does nothing. */
        void cancel();
    }
}
