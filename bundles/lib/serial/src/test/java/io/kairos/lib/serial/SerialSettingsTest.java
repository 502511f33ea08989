package io.kairos.lib.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class SerialSettingsTest {

    @Test
    void theUsualIsEightBitsNoParityOneStopBit() {
        assertEquals(
                new SerialSettings("/dev/ttyS0", 9_600, 8, Parity.NONE, 1, false),
                SerialSettings.of(" /dev/ttyS0 ", 9_600));
    }

    @Test
    void parityIsAWordOrItsFirstLetter() {
        assertEquals(Optional.of(Parity.NONE), Parity.parse("N"));
        assertEquals(Optional.of(Parity.EVEN), Parity.parse(" Even"));
        assertEquals(Optional.of(Parity.ODD), Parity.parse("o"));
        assertEquals(Optional.empty(), Parity.parse("mark"));
        refused("parity = mark is not known", () -> SerialSettings.parity("mark"));
    }

    @Test
    void aRefusalNamesTheKey() {
        refused("port is missing", () -> SerialSettings.of(" ", 9_600));
        refused("port is no path", () -> SerialSettings.of("/dev/\0", 9_600));
        refused("speed = 0 is not between 50 and 12000000", () -> SerialSettings.of("/dev/x", 0));
        refused(
                "data.bits = 9 is not between 5 and 8",
                () -> new SerialSettings("/dev/x", 9_600, 9, Parity.NONE, 1, false));
        refused(
                "stop.bits = 3 is not between 1 and 2",
                () -> new SerialSettings("/dev/x", 9_600, 8, Parity.NONE, 3, false));
    }

    private static void refused(String message, Executable call) {
        Failure why = assertThrows(MeshException.class, call).failure();
        assertEquals(Failure.Kind.CONFIGURATION, why.kind());
        assertEquals(message, why.message());
        assertTrue(!why.remedy().isBlank());
    }
}
