package io.kairos.transport.auto;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.transport.MeshInterface;
import io.kairos.test.contract.MeshInterfaceContract;
import io.kairos.test.contract.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two nodes on the two ends of a cable inside this machine. It needs a pair of system interfaces:
 * {@code ip link add kairos-a type veth peer name kairos-b}, both up, for example in a network namespace of its own.
 */
class AutoContractTest extends MeshInterfaceContract {

    private static final String FIRST = "kairos-a";
    private static final String SECOND = "kairos-b";
    private static final int MOST_IN_A_DATAGRAM = 60_000;

    @BeforeEach
    void needsTwoSystemInterfaces() throws SocketException {
        Assumptions.assumeTrue(
                hasLinkLocal(FIRST) && hasLinkLocal(SECOND),
                "skipped: there is no veth pair kairos-a and kairos-b with IPv6 link-local addresses");
    }

    @Override
    protected MeshInterface openFirst(Map<String, Object> extra) {
        return open("one", FIRST, extra);
    }

    @Override
    protected MeshInterface openSecond(Map<String, Object> extra) {
        return open("two", SECOND, extra);
    }

    @Override
    protected boolean firstHasChildren() {
        return true;
    }

    @Override
    protected boolean secondHasChildren() {
        return true;
    }

    @Override
    protected boolean firstNeedsSecond() {
        return false;
    }

    @Override
    protected boolean keepsOrder() {
        return false;
    }

    @Override
    protected int window() {
        return 40;
    }

    @Override
    protected boolean countsWhatASlowReceiverCosts() {
        return false;
    }

    @Override
    protected String threadPrefix() {
        return "kairos-auto-";
    }

    @Override
    protected Duration childPatience() {
        return Duration.ofSeconds(30);
    }

    /** Garbage from a neighbour's address to all three ports. */
    @Override
    protected boolean attackSecond(byte[] bytes) {
        try (DatagramSocket socket = new DatagramSocket(0, linkLocal(FIRST))) {
            for (int port : new int[] {29_716, 29_717, 42_671}) {
                InetSocketAddress target = new InetSocketAddress(reached(linkLocal(SECOND)), port);
                socket.send(new DatagramPacket(bytes, Math.min(bytes.length, MOST_IN_A_DATAGRAM), target));
                socket.send(new DatagramPacket(bytes, 0, target));
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The second end's address as it is reached through the first. */
    private static Inet6Address reached(Inet6Address address) throws IOException {
        int index = NetworkInterface.getByName(FIRST).getIndex();
        return Inet6Address.getByAddress(null, address.getAddress(), index);
    }

    private static Inet6Address linkLocal(String device) throws SocketException {
        return NetworkInterface.getByName(device)
                .inetAddresses()
                .filter(address -> address.isLinkLocalAddress() && address instanceof Inet6Address)
                .map(Inet6Address.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /** A node does not see the cable between two of its devices; what it can tell is that two listen on the same one. */
    @Override
    @Test
    protected void bothEndsNameTheEndpointWhereTheyMeet() {
        MeshInterface one = open("one", FIRST, Map.of());
        MeshInterface other = open("other", FIRST, Map.of());
        MeshInterface far = open("far", SECOND, Map.of());
        try (one;
                other;
                far) {
            assertTrue(meet(one, other));
            assertFalse(meet(one, far));
        }
    }

    private static boolean meet(MeshInterface one, MeshInterface other) {
        return one.endpoints().stream()
                .anyMatch(mine -> other.endpoints().stream().anyMatch(mine::meets));
    }

    @Override
    protected Map<String, Object> elsewhere() {
        return Map.of("group.id", "elsewhere");
    }

    @Override
    protected boolean modifySecond(MeshInterface opened, Map<String, Object> extra) {
        Settings changed = settings("two", SECOND, extra);
        ((AutoInterface) opened).modified(changed.as(AutoConfig.class), changed.map());
        return true;
    }

    private static Settings settings(String name, String device, Map<String, Object> extra) {
        return Settings.of("interface.name", name, "devices", device, "group.id", "contract")
                .with(extra);
    }

    private MeshInterface open(String name, String device, Map<String, Object> extra) {
        Settings settings = settings(name, device, extra);
        return new AutoInterface(settings.as(AutoConfig.class), settings.map(), time);
    }

    private static boolean hasLinkLocal(String device) throws SocketException {
        NetworkInterface system = NetworkInterface.getByName(device);
        return system != null && system.inetAddresses().anyMatch(address -> address.isLinkLocalAddress());
    }
}
