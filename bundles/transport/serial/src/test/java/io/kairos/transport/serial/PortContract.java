package io.kairos.transport.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.kairos.api.failure.Failure;
import io.kairos.api.transport.Endpoint;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.MeshInterface;
import io.kairos.test.contract.MeshInterfaceContract;
import io.kairos.test.contract.Settings;
import io.kairos.test.kit.SerialCable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two interfaces of one kind at the ends of a cable. */
abstract class PortContract extends MeshInterfaceContract {

    @TempDir
    Path folder;

    private SerialCable cable;

    abstract MeshInterface open(Settings settings);

    abstract void modify(MeshInterface opened, Settings settings);

    @BeforeEach
    void plug() {
        cable = new SerialCable(folder);
    }

    @AfterEach
    void unplug() {
        cable.close();
    }

    @Override
    protected MeshInterface openFirst(Map<String, Object> extra) {
        return open(settings("left", cable.first()).with(extra));
    }

    @Override
    protected MeshInterface openSecond(Map<String, Object> extra) {
        return open(settings("right", cable.second()).with(extra));
    }

    @Override
    protected boolean modifySecond(MeshInterface opened, Map<String, Object> extra) {
        modify(opened, settings("right", cable.second()).with(extra));
        return true;
    }

    @Override
    protected boolean firstNeedsSecond() {
        return false;
    }

    /** Less than queue and pseudo-terminals hold. */
    @Override
    protected int window() {
        return 20;
    }

    @Override
    protected Map<String, Object> elsewhere() {
        return Map.of("port", folder.resolve("elsewhere").toString());
    }

    /** Another program writes to the device of the first end, as to a file: locks keep out only those who ask. */
    @Override
    protected boolean attackSecond(byte[] bytes) {
        try (OutputStream device = Files.newOutputStream(Path.of(cable.first()), StandardOpenOption.WRITE)) {
            device.write(bytes);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same without a packet that is sent meanwhile: a cable may keep it for whoever opens the port next. */
    @Override
    @Test
    protected void whoIsHeldIsClosedWithTheReasonGivenUntilItIsLetGo() {
        Pair pair = connect();
        MeshInterface held = pair.second().opened();
        Set<Endpoint> endpoints = held.endpoints();
        exchange(pair.first(), pair.second(), packets(1));
        Failure why = new Failure(Failure.Kind.POLICY, "Its endpoint is another network's", "Choose another.");

        held.hold(Optional.of(why));
        held.hold(Optional.of(why));
        assertEquals(InterfaceStatus.down(why), held.status());
        assertEquals(endpoints, held.endpoints(), "the claim stays");

        held.hold(Optional.empty());
        pair.second().awaitReady();
        exchange(pair.first(), pair.second(), packets(2));
        exchange(pair.second(), pair.first(), packets(3));
    }

    /** Two ports of a cable are two devices; what they share lies outside of this machine. */
    @Override
    @Test
    protected void bothEndsNameTheEndpointWhereTheyMeet() {
        MeshInterface first = openFirst(Map.of());
        MeshInterface again = open(settings("again", cable.first()));
        MeshInterface second = openSecond(Map.of());
        try (first;
                again;
                second) {
            assertEquals(first.endpoints(), again.endpoints());
            assertFalse(second.endpoints()
                    .iterator()
                    .next()
                    .meets(first.endpoints().iterator().next()));
        }
    }

    private static byte[][] packets(int first) {
        byte[][] packets = new byte[3][100];
        for (byte[] packet : packets) {
            Arrays.fill(packet, (byte) first);
        }
        return packets;
    }

    private static Settings settings(String name, String port) {
        return Settings.of("interface.name", name, "port", port, "speed", 115_200, "open.wait.milliseconds", 0);
    }
}
