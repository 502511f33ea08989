package io.kairos.core.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.transport.Endpoint;
import io.kairos.core.router.Places.Claim;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlacesTest {

    private static final Claim SERVER = claim("hub", "main", Endpoint.port("tcp", "", 4242));

    @Test
    void interfacesOfOneNetworkMayMeet() {
        assertRefused(List.of(SERVER, claim("own", "main", Endpoint.port("tcp", "127.0.0.1", 4242))));
    }

    @Test
    void aClientOfAnotherNetworkMayNotConnectToThePortOfThisMachine() {
        for (String host : List.of("127.0.0.1", "127.1.2.3", "::1", "localhost", "LOCALHOST", "0.0.0.0")) {
            assertRefused(List.of(SERVER, claim("dev", "dev", Endpoint.port("tcp", host, 4242))), 1);
        }
    }

    @Test
    void otherPortsOtherMediaAndOtherMachinesAreFree() {
        assertRefused(List.of(
                SERVER,
                claim("dev1", "dev", Endpoint.port("tcp", "127.0.0.1", 4243)),
                claim("dev2", "dev", Endpoint.port("udp", "127.0.0.1", 4242)),
                claim("dev3", "dev", Endpoint.port("tcp", "198.51.100.7", 4242)),
                claim("dev4", "dev", Endpoint.port("tcp", "hub.example.net", 4242))));
    }

    @Test
    void oneHubMayNotServeTwoNetworks() {
        assertRefused(
                List.of(
                        claim("a", "main", Endpoint.port("tcp", "hub.example.net", 4242)),
                        claim("b", "dev", Endpoint.port("tcp", "Hub.example.net", 4242))),
                1);
    }

    @Test
    void allDevicesHoldEachDevice() {
        Endpoint all = new Endpoint("auto", "device", "group reticulum");
        Endpoint one = new Endpoint("auto", "device/eth0", "group reticulum");
        Endpoint other = new Endpoint("auto", "device/eth1", "group reticulum");

        assertRefused(List.of(claim("a", "main", all), claim("b", "dev", one)), 1);
        assertRefused(List.of(claim("a", "main", one), claim("b", "dev", all)), 1);
        assertRefused(List.of(claim("a", "main", one), claim("b", "dev", other)));
    }

    @Test
    void placesAreComparedByPartsNotByLetters() {
        assertRefused(List.of(
                claim("a", "main", new Endpoint("serial", "/dev/ttyUSB1", "")),
                claim("b", "dev", new Endpoint("serial", "/dev/ttyUSB10", ""))));
    }

    /** Who is refused takes nothing away: the third meets only the second. */
    @Test
    void whoIsRefusedHoldsNothing() {
        Endpoint first = new Endpoint("m", "a", "1");
        Endpoint second = new Endpoint("m", "b", "1");

        assertRefused(
                List.of(claim("x", "main", first), claim("y", "dev", first, second), claim("z", "lab", second)), 1);
    }

    @Test
    void theReasonNamesBothAndSaysWhatToDo() {
        Failure why = Places.refused(List.of(SERVER, claim("dev1", "dev", Endpoint.port("tcp", "127.0.0.1", 4242))))
                .get(1);

        assertEquals(Failure.Kind.POLICY, why.kind());
        assertTrue(why.message().contains("tcp:local:4242"), why.message());
        assertTrue(why.message().contains("interface hub of the network main"), why.message());
        assertTrue(why.remedy().contains("for dev1"), why.remedy());
    }

    private static void assertRefused(List<Claim> claims, Integer... indexes) {
        Map<Integer, Failure> refused = Places.refused(claims);
        assertEquals(Set.of(indexes), refused.keySet(), claims.toString());
    }

    private static Claim claim(String name, String network, Endpoint... endpoints) {
        return new Claim(name, network, Set.of(endpoints), false);
    }
}
