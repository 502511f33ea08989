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
        assertTrue(hears(client, server, destination), "the client hears the destination");
        link = run("wire_link_open", client, Map.of("destination_hash", destination))
                .get("link_id");
    }

    /** What is announced before the connection stands is lost, so it is announced again. */
    private boolean hears(String listener, String announcer, Object what) throws Exception {
        Map<String, Object> at = Map.of("destination_hash", what);
        for (int announced = 0; announced < 6; announced++) {
            if (Boolean.TRUE.equals(run("wire_poll_path", listener, at).get("found"))) {
                return true;
            }
            run("wire_reannounce", announcer, at);
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

    @Test
    void aProgramOpensALinkThroughItsSharedInstanceThatForwardsNothingForOthers() throws Exception {
        Map<String, Object> shared = run(
                "wire_start_tcp_server",
                null,
                Map.of("share_instance", true, "share_instance_type", "tcp", "enable_transport", false));
        String far = run(
                        "wire_start_tcp_client",
                        null,
                        Map.of("target_host", "127.0.0.1", "target_port", shared.get("port")))
                .get("handle")
                .toString();
        String program = run(
                        "wire_start_local_client",
                        null,
                        Map.of("shared_instance_port", shared.get("shared_instance_port")))
                .get("handle")
                .toString();
        Object there = run("wire_listen", far, NAME).get("destination_hash");
        assertTrue(hears(program, far, there), "the program hears the destination");

        Map<String, Object> entry = run("wire_read_path_entry", program, Map.of("destination_hash", there));
        assertEquals(1L, ((Number) entry.get("hops")).longValue());
        assertEquals(shared.get("identity_hash"), entry.get("next_hop"));
        assertEquals(true, run("wire_transport_enabled", program, Map.of()).get("is_connected_to_shared_instance"));
        assertEquals(
                true,
                run("wire_transport_enabled", shared.get("handle").toString(), Map.of())
                        .get("is_shared_instance"));
        Object opened = run("wire_link_open", program, Map.of("destination_hash", there))
                .get("link_id");
        assertEquals(32, opened.toString().length());
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
