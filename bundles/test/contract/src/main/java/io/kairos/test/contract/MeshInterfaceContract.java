package io.kairos.test.contract;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/**
 * What every transport has to pass, over its real medium. Two interfaces, {@code first} and {@code second}, talk to each
 * other; a subclass says how they are opened. Settings stay the same within one test, so that an interface can be closed
 * and opened again.
 *
 * <p>The tests stand in one class for each theme, each built on the one before: delivery and order ({@link
 * DeliveryContract}), bursts ({@link BurstContract}), back-pressure and loss ({@link BackPressureContract}), hostile frames
 * ({@link FaultContract}), neighbours ({@link NeighbourContract}), life cycle, reopening and threads ({@link
 * LifeCycleContract}), settings ({@link SettingsContract}), endpoints ({@link HoldingContract}), logs ({@link
 * PrivacyContract}).
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
public abstract class MeshInterfaceContract extends PrivacyContract {}
