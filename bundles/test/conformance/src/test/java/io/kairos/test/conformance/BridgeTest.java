package io.kairos.test.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.test.interop.Json;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BridgeTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Bridge bridge =
            new Bridge(Commands.all(new Nodes()), new PrintStream(out, true, StandardCharsets.UTF_8));

    @Test
    void saysThatItIsReadyAndAnswersEachLine() throws IOException {
        bridge.serve(new BufferedReader(new StringReader(
                "{\"id\": \"a\", \"command\": \"sha256\", \"params\": {\"data\": \"616263\"}}\n\nno JSON\n")));

        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals("READY", lines.get(0));
        assertEquals(
                Map.of("hash", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
                ((Map<?, ?>) Json.read(lines.get(1))).get("result"));
        assertEquals(false, ((Map<?, ?>) Json.read(lines.get(2))).get("success"));
        assertEquals(3, lines.size());
    }

    @Test
    void aCommandThatIsNotThereIsAnError() {
        assertTrue(failure("wash_the_car", Map.of()).contains("unknown command"));
        assertTrue(failure("identity_keyless_op", Map.of("op", "sign")).contains("not supported"));
        assertTrue(failure("sha256", Map.of()).contains("parameter data"));
    }

    @Test
    void anAnnounceThatIsSentIsAnnounceThatIsAccepted() {
        Map<?, ?> announce = run(
                "announce_build",
                Map.of(
                        "private_key",
                        "07".repeat(64),
                        "app_name",
                        "kairos",
                        "aspects",
                        List.of("test"),
                        "emission_ts",
                        1_000));

        Map<?, ?> handle = run("behavioral_start", Map.of());
        Map<?, ?> first = attach(handle, "first");
        run("behavioral_inject", with(handle, Map.of("iface_id", first.get("iface_id"), "raw", announce.get("raw"))));
        Map<?, ?> path =
                run("behavioral_read_path_table", with(handle, Map.of("dest", announce.get("destination_hash"))));

        assertEquals(true, path.get("found"));
        assertEquals(1L, path.get("hops"));
        assertEquals(List.of(announce.get("random_hash")), path.get("random_blobs"));
        assertTrue(announce.get("random_hash").toString().endsWith("00000003e8"), "the emission time was given");
        run("behavioral_stop", with(handle, Map.of()));
    }

    @Test
    void aSteppedNodeRepeatsAnnouncesWhenItIsTold() {
        Map<?, ?> announce = run("announce_build", Map.of("private_key", "07".repeat(64), "app_name", "kairos"));
        Map<?, ?> handle = run("behavioral_start", Map.of());
        Map<?, ?> first = attach(handle, "first");
        Map<?, ?> second = attach(handle, "second");
        Object destination = announce.get("destination_hash");

        run("behavioral_inject", with(handle, Map.of("iface_id", first.get("iface_id"), "raw", announce.get("raw"))));
        run("behavioral_set_announce_timestamp", with(handle, Map.of("dest", destination, "retransmit_timeout", 0)));
        run("behavioral_force_cull", with(handle, Map.of()));

        Map<?, ?> sent = run("behavioral_drain_tx", with(handle, Map.of("iface_id", second.get("iface_id"))));
        assertEquals(1, ((List<?>) sent.get("packets")).size());
        Map<?, ?> waiting = run("behavioral_read_announce_table", with(handle, Map.of("dest", destination)));
        assertEquals(1L, waiting.get("retries"));
        run("behavioral_stop", with(handle, Map.of()));
    }

    private Map<?, ?> attach(Map<?, ?> handle, String name) {
        return run("behavioral_attach_mock_interface", with(handle, Map.of("name", name)));
    }

    private static Map<String, Object> with(Map<?, ?> handle, Map<String, ?> parameters) {
        Map<String, Object> all = new HashMap<>(parameters);
        all.put("handle", handle.get("handle"));
        return all;
    }

    private Map<?, ?> run(String command, Map<String, ?> parameters) {
        Map<?, ?> answer = answer(command, parameters);
        assertEquals(true, answer.get("success"), () -> command + ": " + answer.get("error"));
        return (Map<?, ?>) answer.get("result");
    }

    private String failure(String command, Map<String, ?> parameters) {
        Map<?, ?> answer = answer(command, parameters);
        assertEquals(false, answer.get("success"));
        return answer.get("error").toString();
    }

    /** As a client would see it. */
    private Map<?, ?> answer(String command, Map<String, ?> parameters) {
        String request = Json.write(Map.of("id", "1", "command", command, "params", parameters));
        return (Map<?, ?>) Json.read(Json.write(bridge.answer(request)));
    }
}
