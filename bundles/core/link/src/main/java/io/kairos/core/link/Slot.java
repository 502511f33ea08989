package io.kairos.core.link;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A service that may go and come back while we run. Users ask for it at each use and keep nothing of it.
 *
 * <p>Threads: any.
 */
public final class Slot<T> implements Supplier<T> {

    private final String what;
    private volatile T service;

    /** @param what how an operator calls it, for example {@code crypto suite} */
    public Slot(String what) {
        this.what = what;
    }

    /** A slot that is filled for good. */
    public static <T> Slot<T> of(T service) {
        Slot<T> slot = new Slot<>(service.getClass().getSimpleName());
        slot.bind(service);
        return slot;
    }

    public void bind(T present) {
        service = present;
    }

    /** Empties the slot unless another service has taken the place meanwhile. */
    public void unbind(T gone) {
        if (service == gone) {
            service = null;
        }
    }

    public Optional<T> find() {
        return Optional.ofNullable(service);
    }

    /**
     * The service.
     *
     * @throws MeshException of kind {@code CONFIGURATION} while there is none
     */
    @Override
    public T get() {
        T present = service;
        if (present == null) {
            throw new MeshException(
                    Failure.Kind.CONFIGURATION,
                    "There is no " + what + " at the moment",
                    "Start the bundle that provides it; it is used at once.");
        }
        return present;
    }
}
