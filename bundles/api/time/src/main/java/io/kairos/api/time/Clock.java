package io.kairos.api.time;

import java.time.Instant;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What time it is. Two clocks that must not be mixed: wall time for what leaves the process or is stored, monotonic
 * time for intervals.
 *
 * <p>Threads: any thread, never blocks.
 */
@ProviderType
public interface Clock {

    /** Wall-clock time in milliseconds since 1970-01-01T00:00Z. May jump when the operator or NTP sets the clock. */
    long wallMillis();

    /** Monotonic time in nanoseconds since an arbitrary origin; never goes back, compare by subtraction only. */
    long nanos();

    /** {@link #wallMillis()} as an instant. */
    default Instant now() {
        return Instant.ofEpochMilli(wallMillis());
    }
}
