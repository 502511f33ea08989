package io.kairos.transport.rnode;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;

/** The LoRa chips of devices with several radios. */
final class Chips {

    private static final long SUB_GHZ_FROM = 137_000_000;
    private static final long SUB_GHZ_TO = 1_000_000_000;
    private static final long GHZ_FROM = 2_200_000_000L;
    private static final long GHZ_TO = 2_600_000_000L;

    private Chips() {}

    static String name(int code) {
        return switch (code >> 4) {
            case 0 -> "SX127x";
            case 1 -> "SX126x";
            case 2 -> "SX128x";
            default -> "chip " + Integer.toHexString(code);
        };
    }

    /** Refuses a frequency that the chip cannot reach; chips that are not known may try. */
    static void require(int code, RadioSettings radio) {
        boolean isGhz = code >> 4 == 2;
        long from = isGhz ? GHZ_FROM : SUB_GHZ_FROM;
        long to = isGhz ? GHZ_TO : SUB_GHZ_TO;
        long wanted = radio.tuning().frequencyHz();
        if (code >> 4 <= 2 && (wanted < from || wanted > to)) {
            throw new MeshException(
                    Failure.Kind.CONFIGURATION,
                    "Radio %d is an %s and cannot send at %d Hz".formatted(radio.index(), name(code), wanted),
                    "It reaches %d to %d MHz: choose such a frequency or another index."
                            .formatted(from / 1_000_000, to / 1_000_000));
        }
    }
}
