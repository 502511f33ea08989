package io.kairos.admin.shell.iface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ExampleFileTest {

    @Test
    void anExampleIsReadyToPaste() {
        assertEquals("""
            # Save this as etc/io.kairos.transport.tcp.client-<name>.cfg and fill in what is required; it takes
            # effect within seconds.
            # The same in one line: iface:add tcp-client name=<name> peer.host=<text>
            #
            # TCP client. Keeps one connection to one peer.

            # Interface name: Short name. Required.
            interface.name =

            # Peer host: Host name or address. Required.
            peer.host =

            # Peer port: TCP port. A whole number.
            #peer.port = 4242

            # Framing. One of hdlc, kiss.
            #framing = hdlc

            # ---- Settings of every interface ----

            # Enabled. Either true or false.
            #enabled = true

            # Passphrase.
            #access.passphrase =
            """, ExampleFile.example(Kinds.TCP_CLIENT));
    }

    @Test
    void whatIsGivenStandsFree() {
        String text = ExampleFile.write(
                Kinds.TCP_CLIENT,
                Map.of("interface.name", "vps-eu", "peer.host", "eu.example.net", "peer.port", "4965"));

        assertTrue(text.contains("\ninterface.name = vps-eu\n"), text);
        assertTrue(text.contains("\npeer.port = 4965\n"), text);
        assertTrue(text.contains("\n#framing = hdlc\n"), text);
    }
}
