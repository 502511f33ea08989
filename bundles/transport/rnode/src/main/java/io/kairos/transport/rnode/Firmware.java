package io.kairos.transport.rnode;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;

/** Version of a device's firmware. */
record Firmware(int major, int minor) {

    private static final Firmware OLDEST = new Firmware(1, 52);
    private static final Firmware OLDEST_FOR_SEVERAL = new Firmware(1, 74);

    boolean isAtLeast(Firmware other) {
        return major > other.major || major == other.major && minor >= other.minor;
    }

    /** Whether this transport can use a device with it. */
    boolean isEnough(boolean severalRadios) {
        return isAtLeast(oldest(severalRadios));
    }

    void require(boolean severalRadios) {
        if (!isEnough(severalRadios)) {
            throw new MeshException(
                    Failure.Kind.HARDWARE,
                    "The firmware %s of the device is older than %s"
                            .formatted(text(), oldest(severalRadios).text()),
                    "Install newer firmware on the device, for example with rnodeconf --update.");
        }
    }

    String text() {
        return "%d.%02d".formatted(major, minor);
    }

    private static Firmware oldest(boolean severalRadios) {
        return severalRadios ? OLDEST_FOR_SEVERAL : OLDEST;
    }
}
