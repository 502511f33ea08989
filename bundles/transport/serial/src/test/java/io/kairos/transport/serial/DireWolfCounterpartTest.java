package io.kairos.transport.serial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.test.contract.RealTime;
import io.kairos.test.contract.RecordingSink;
import io.kairos.test.contract.Settings;
import io.kairos.test.kit.WaitFor;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two interfaces, each at a Dire Wolf, which hear each other at 9600 bit/s. */
class DireWolfCounterpartTest {

    private static final Duration ON_AIR = Duration.ofSeconds(8);

    private final RealTime time = new RealTime();
    private final RecordingSink leftSink = new RecordingSink();
    private final RecordingSink rightSink = new RecordingSink();
    private DireWolf leftModem;
    private DireWolf rightModem;
    private PortInterface left;
    private PortInterface right;

    @BeforeEach
    void startModems() throws Exception {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "direwolf-");
        leftModem = new DireWolf(folder.resolve("left").toAbsolutePath());
        rightModem = new DireWolf(folder.resolve("right").toAbsolutePath());
        leftModem.heardBy(rightModem);
        rightModem.heardBy(leftModem);
    }

    @AfterEach
    void endEverything() {
        for (AutoCloseable each : new AutoCloseable[] {left, right, leftModem, rightModem, time}) {
            try {
                if (each != null) {
                    each.close();
                }
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void packetsCrossTheAirWithHeaders() {
        open((modem, name) -> {
            Settings settings = settings(modem, name).with(Map.of("callsign", "N0CALL", "ssid", 7));
            return new Ax25Interface(settings.as(Ax25Config.class), settings.map(), time, time);
        });

        cross(500);
        assertTrue(leftModem.said().contains("N0CALL-7>APZRNS:"), leftModem.said());
        assertTrue(leftModem.said().contains("TXDELAY = 35 (*10mS units = 350 mS)"), leftModem.said());
        assertTrue(leftModem.said().contains("Persistence = 255"), leftModem.said());
    }

    @Test
    void packetsCrossTheAirWithoutHeaders() {
        open((modem, name) -> {
            Settings settings = settings(modem, name);
            return new KissInterface(settings.as(KissConfig.class), settings.map(), time, time);
        });

        cross(300);
    }

    private void open(BiFunction<DireWolf, String, PortInterface> kind) {
        left = kind.apply(leftModem, "left");
        right = kind.apply(rightModem, "right");
        left.attach(leftSink);
        right.attach(rightSink);
        WaitFor.condition(
                "both are up", () -> left.status().isUp() && right.status().isUp());
    }

    private void cross(int bytes) {
        byte[] there = new byte[bytes];
        byte[] back = new byte[bytes];
        new Random(1).nextBytes(there);
        new Random(2).nextBytes(back);

        cross(left, there, rightSink, leftModem);
        cross(right, back, leftSink, rightModem);

        assertArrayEquals(there, rightSink.packets().get(0));
        assertArrayEquals(back, leftSink.packets().get(0));
    }

    /** What is lost on the air is sent again, by hand: no layer above does it here. */
    private static void cross(PortInterface from, byte[] packet, RecordingSink to, DireWolf modem) {
        for (int attempt = 0; attempt < 3 && to.count() == 0; attempt++) {
            from.send(ByteBuffer.wrap(packet));
            long end = System.nanoTime() + ON_AIR.toNanos();
            WaitFor.condition("time on air", () -> to.count() > 0 || System.nanoTime() - end > 0);
        }
        assertTrue(to.count() > 0, modem::said);
    }

    private static Settings settings(DireWolf modem, String name) {
        return Settings.of(
                "interface.name", name, "port", modem.port(), "persistence", 255, "open.wait.milliseconds", 0);
    }
}
