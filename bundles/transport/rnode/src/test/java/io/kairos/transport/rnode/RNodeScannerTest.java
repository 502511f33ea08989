package io.kairos.transport.rnode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.RadioScanner.Found;
import io.kairos.lib.serial.SerialDevice;
import io.kairos.test.contract.RealTime;
import io.kairos.test.contract.Settings;
import io.kairos.test.kit.WaitFor;
import io.kairos.test.rnode.Fault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RNodeScannerTest {

    private final Radios radios = new Radios(List.of(0x01, 0x21));
    private final RealTime time = new RealTime();

    @AfterEach
    void endEverything() {
        radios.close();
        time.close();
    }

    private RNodeScanner scanner(Map<String, Integer> ports) {
        List<SerialDevice> devices = ports.keySet().stream()
                .sorted()
                .map(path -> new SerialDevice(
                        path, Optional.empty(), "USB", OptionalInt.empty(), OptionalInt.empty(), Optional.empty()))
                .toList();
        return new RNodeScanner(time, () -> devices, path -> {
            if (ports.get(path) == 0) {
                throw new MeshException(Failure.Kind.HARDWARE, "The device is in use", "End the other user.");
            }
            return TcpPort.open("127.0.0.1:" + ports.get(path));
        });
    }

    private MeshInterface interfaceOn(String port) {
        Settings settings = radios.firstSettings(Map.of("port", port));
        return new RNodeInterface(
                settings.as(RNodeConfig.class), settings.map(), time, time, Ports::open, new Budgets(Radios.SPEED));
    }

    @Test
    void tellsWhatIsAtEachPort() {
        RNodeScanner scanner = scanner(Map.of("a", radios.firstDoor.port(), "b", radios.secondDoor.port(), "c", 0));

        List<Found> found = scanner.scan();

        assertEquals(
                new Found("a", "USB", Optional.of("rnode"), "Heltec LoRa32 3", "1.86", List.of(), Optional.empty()),
                found.get(0));
        assertEquals(Optional.of("rnode-multi"), found.get(1).kind());
        assertEquals(List.of("0: SX127x", "1: SX128x"), found.get(1).radios());
        assertEquals(
                "The device is in use", found.get(2).failure().orElseThrow().message());
        assertEquals(
                "radio0 index=0 profile=fast,radio1 index=1 region=ism2400 profile=fast",
                scanner.settings(found.get(1), "eu868", "fast").get("radios"));
        assertEquals(
                Map.of("port", "a", "region", "eu868", "profile", "fast"),
                scanner.settings(found.get(0), "eu868", "fast"));
    }

    @Test
    void asksWhereItsOperatorSaysAndNowhereElse() {
        RNodeScanner scanner = new RNodeScanner(
                time,
                () -> {
                    throw new AssertionError("the operator has said where");
                },
                Ports::open);
        String first = "tcp://127.0.0.1:" + radios.firstDoor.port();
        String nobody = "/nowhere/tty";

        List<Found> found = scanner.scan(List.of(first, nobody, "tcp://", first));

        assertEquals(
                List.of(first, nobody, "tcp://"),
                found.stream().map(Found::port).toList());
        assertEquals(Optional.of("rnode"), found.get(0).kind());
        assertEquals("in the network", found.get(0).about());
        assertTrue(
                found.get(1).failure().orElseThrow().message().contains("There is no device /nowhere/tty"),
                found::toString);
        assertTrue(found.get(2).failure().orElseThrow().message().contains("names no host"), found::toString);
        assertEquals(first, scanner.settings(found.get(0), "eu868", "fast").get("port"));
    }

    @Test
    void aDeviceAtWorkIsLeftAloneByAllItsNames() {
        String port = "tcp://127.0.0.1:" + radios.firstDoor.port();
        try (MeshInterface roof = interfaceOn(port)) {
            RNodeScanner scanner = scanner(Map.of());
            scanner.addInterface(roof);
            WaitFor.condition("it is up", () -> roof.status().isUp());

            Found found = scanner.scan(List.of("tcp://localhost:" + radios.firstDoor.port()))
                    .get(0);

            assertEquals(
                    "It is used by interface one of this node",
                    found.failure().orElseThrow().message());
            assertTrue(roof.status().isUp());
            assertEquals(0, radios.first.goodbyes(), "nobody has taken it away");

            scanner.removeInterface(roof);
            roof.close();
            WaitFor.condition("it is let go", () -> !radios.first.isConnected());
            Found free = new RNodeScanner(time, List::of, Ports::open)
                    .scan(List.of(port))
                    .get(0);
            assertEquals(Optional.of("rnode"), free.kind());
        }
    }

    @Test
    void oldFirmwareIsFoundAndTold() {
        radios.first.faults(Fault.OLD_FIRMWARE);

        Found found = scanner(Map.of("a", radios.firstDoor.port())).scan().get(0);

        assertEquals(Optional.empty(), found.kind());
        assertTrue(found.failure().orElseThrow().message().contains("1.40"), found::toString);
    }

    @Test
    void everyRegionHasItsPlans() {
        var plans = scanner(Map.of()).plans();

        assertEquals(Regions.all().size() * Regions.PROFILES.size(), plans.size());
        assertTrue(plans.stream().allMatch(plan -> plan.airtime().toMillis() > 20 && plan.bitsPerSecond() > 500));
    }
}
