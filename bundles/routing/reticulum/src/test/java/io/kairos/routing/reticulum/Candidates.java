package io.kairos.routing.reticulum;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.routing.PathCandidate;
import io.kairos.api.routing.PathCandidate.Responsiveness;
import io.kairos.api.transport.InterfaceMode;
import java.util.OptionalDouble;

/** Paths for tests: what is not said does not matter. */
record Candidates(
        String interfaceName,
        int hops,
        long emissionSeconds,
        long expiresMillis,
        Responsiveness responsiveness,
        int gravity,
        long bitsPerSecond,
        boolean up) {

    static Candidates path() {
        return new Candidates("a", 3, 1000, 1_000_000, Responsiveness.UNKNOWN, 0, 1000, true);
    }

    Candidates on(String name) {
        return new Candidates(name, hops, emissionSeconds, expiresMillis, responsiveness, gravity, bitsPerSecond, up);
    }

    Candidates hops(int value) {
        return new Candidates(
                interfaceName, value, emissionSeconds, expiresMillis, responsiveness, gravity, bitsPerSecond, up);
    }

    Candidates emitted(long value) {
        return new Candidates(interfaceName, hops, value, expiresMillis, responsiveness, gravity, bitsPerSecond, up);
    }

    Candidates expires(long value) {
        return new Candidates(interfaceName, hops, emissionSeconds, value, responsiveness, gravity, bitsPerSecond, up);
    }

    Candidates responded(Responsiveness value) {
        return new Candidates(interfaceName, hops, emissionSeconds, expiresMillis, value, gravity, bitsPerSecond, up);
    }

    Candidates gravity(int value) {
        return new Candidates(
                interfaceName, hops, emissionSeconds, expiresMillis, responsiveness, value, bitsPerSecond, up);
    }

    Candidates bitrate(long value) {
        return new Candidates(interfaceName, hops, emissionSeconds, expiresMillis, responsiveness, gravity, value, up);
    }

    Candidates down() {
        return new Candidates(
                interfaceName, hops, emissionSeconds, expiresMillis, responsiveness, gravity, bitsPerSecond, false);
    }

    PathCandidate make() {
        return new PathCandidate(
                new DestinationHash(1, 2),
                interfaceName,
                hops,
                0,
                0,
                expiresMillis,
                emissionSeconds,
                responsiveness,
                InterfaceMode.FULL,
                gravity,
                bitsPerSecond,
                0,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                up);
    }
}
