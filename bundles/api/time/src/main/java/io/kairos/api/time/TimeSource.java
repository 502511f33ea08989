package io.kairos.api.time;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Where the node's time comes from; may be replaced while the node runs. Others use the services {@link Clock} and
 * {@link Timers}, which stay the same objects meanwhile.
 *
 * <p>Its {@link #nanos()} have the origin of {@link System#nanoTime()}, so that time goes on over a replacement. When it
 * leaves, its tasks need not run any more: the next source is given them again.
 */
@ProviderType
public interface TimeSource extends Clock, Timers {}
