package io.kairos.api.transport;

import io.kairos.api.failure.Failure;
import java.util.Objects;
import java.util.Optional;

/**
 * State of an interface and why.
 *
 * @param state where it is in its life
 * @param failure why it is not up and what to do, for one that is starting what it waits for; empty while it is up
 */
public record InterfaceStatus(InterfaceState state, Optional<Failure> failure) {

    public InterfaceStatus {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(failure, "failure");
    }

    public static InterfaceStatus of(InterfaceState state) {
        return new InterfaceStatus(state, Optional.empty());
    }

    public static InterfaceStatus down(Failure why) {
        return new InterfaceStatus(InterfaceState.DOWN, Optional.of(why));
    }

    public boolean isUp() {
        return state == InterfaceState.UP;
    }
}
