package io.kairos.test.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes of one bridge on a TCP connection. */
class WireCommandsTest {

    private static final Map<String, Object> NAME = Map.of("app_name", "kairos", "aspects", List.of("test"));

    private final Nodes nodes = new Nodes();
    private final Commands commands = Commands.all(nodes);
    private String server;
    private String client;
    private Object destination;
    private Object link;

    @BeforeEach
    void connect() throws Exception {
        Map<String, Object> started = run("wire_start_tcp_server", null, Map.of());
        server = started.get("handle").toString();
        client = run(
                        "wire_start_tcp_client",
                        null,
                        Map.of("target_host", "127.0.0.1", "target_port", started.get("port")))
                .get("handle")
                .toString();
        destination = run("wire_listen", server, NAME).get("destination_hash");
        assertTrue(hearsDestination(), "the client hears the destination");
        link = run("wire_link_open", client, Map.of("destination_hash", destination))
                .get("link_id");
    }

    /** What is announced before the connection stands is lost, so it is announced again. */
    private boolean hearsDestination() throws Exception {
        Map<String, Object> at = Map.of("destination_hash", destination);
        for (int announced = 0; announced < 6; announced++) {
            if (Boolean.TRUE.equals(run("wire_poll_path", client, at).get("found"))) {
                return true;
            }
            run("wire_reannounce", server, at);
        }
        return false;
    }

    @AfterEach
    void end() {
        nodes.close();
    }

    @Test
    void whatIsSentOverALinkArrives() throws Exception {
        run("wire_link_send", client, Map.of("link_id", link, "data", "0102"));

        assertEquals(
                List.of("0102"),
                run("wire_link_poll", server, Map.of("destination_hash", destination))
                        .get("packets"));
    }

    @Test
    void aForgedPacketIsDroppedAndAGenuineOneIsNot() throws Exception {
        Map<String, Object> genuine =
                run("wire_inject_tampered_link_data", server, Map.of("link_id", link, "data", "01"));
        Map<String, Object> forged = run(
                "wire_inject_tampered_link_data", server, Map.of("link_id", link, "data", "01", "corruption", "hmac"));

        assertEquals(true, genuine.get("delivered"));
        assertEquals(false, forged.get("delivered"));
    }

    @Test
    void aResourceOnTheBenchHasAHashForEachPart() throws Exception {
        Map<String, Object> made = run(
                "wire_resource_create",
                client,
                Map.of("link_id", link, "data", "07".repeat(5000), "auto_compress", false, "force_sdu", 100));

        long parts = ((Number) made.get("num_parts")).longValue();
        assertTrue(parts > 50, () -> parts + " parts");
        assertEquals(8 * parts, made.get("hashmap").toString().length());
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> run(String command, String handle, Map<String, Object> parameters) throws Exception {
        Map<String, Object> all = new HashMap<>(parameters);
        if (handle != null) {
            all.put("handle", handle);
        }
        return (Map<String, Object>) Answer.plain(commands.run(command, new Parameters(all)));
    }
}
