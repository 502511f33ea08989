package io.kairos.admin.shell.iface;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.admin.shell.Node;
import io.kairos.api.admin.Configurations;
import io.kairos.api.failure.MeshException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AddRequestTest {

    @Test
    void nameIsShortForTheSettingThatNamesAnInterface() {
        AddRequest request = AddRequest.of(Kinds.TCP_CLIENT, List.of("name=vps-eu", "peer.host=eu.example.net"));

        assertEquals("vps-eu", request.name());
        assertEquals(Map.of("interface.name", "vps-eu", "peer.host", "eu.example.net"), request.settings());
    }

    @Test
    void anUnknownSettingListsTheKnownOnes() {
        assertFailure("""
            tcp-client has no setting 'port'.
              → Its settings are: name, peer.host, peer.port, framing, enabled, access.passphrase.\
            """, "name=vps-eu", "port=1");
    }

    @Test
    void whatIsRequiredIsNamed() {
        assertFailure("""
            tcp-client needs the setting peer.host.
              → Add peer.host=<text>. iface:example tcp-client tells what it means.\
            """, "name=vps-eu");
        assertFailure("""
            The new interface has no name.
              → Add name=<name>: short and unique on this node, for example vps-eu.\
            """, "peer.host=h");
    }

    @Test
    void aNameMustBeGoodForAFile() {
        assertFailure("""
            '../x' is no name for an interface.
              → Use up to 64 letters, digits, dots, hyphens and underscores, beginning with a letter or digit.\
            """, "name=../x", "peer.host=h");
    }

    @Test
    void whatTheCheckerRefusesIsNotWritten() {
        AddRequest request = AddRequest.of(Kinds.TCP_CLIENT, List.of("name=a", "peer.host=h", "peer.port=70000"));
        Configurations checker = Node.fake(
                Configurations.class,
                (method, arguments) -> List.of(new Configurations.Problem(
                        "peer.port", "70000", "it is not between 1 and 65535.", "The default is 4242.")));

        MeshException failure =
                assertThrows(MeshException.class, () -> request.check(Kinds.TCP_CLIENT, Optional.of(checker)));
        assertEquals("peer.port = 70000 is refused: it is not between 1 and 65535.", failure.getMessage());
        assertTrue(failure.remedy().startsWith("The default is 4242."), failure.remedy());
        assertDoesNotThrow(() -> request.check(Kinds.TCP_CLIENT, Optional.empty()));
    }

    private static void assertFailure(String text, String... words) {
        assertEquals(
                text,
                assertThrows(MeshException.class, () -> AddRequest.of(Kinds.TCP_CLIENT, List.of(words)))
                        .failure()
                        .toText());
    }
}
