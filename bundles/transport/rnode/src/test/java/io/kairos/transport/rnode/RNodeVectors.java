package io.kairos.transport.rnode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.Reading;
import io.kairos.test.kit.Vectors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Conversations recorded from the reference implementation (RNS 1.4.2) with a device. */
class RNodeVectors {

    private static final JsonNode FILE = Vectors.load(RNodeVectors.class, "rnode.json");
    private static final Duration SETTLE = Duration.ofSeconds(2);

    /** Replays what the device said; returns what the host said in the recording. */
    private static List<String> replay(MachineScene scene, JsonNode exchange) {
        List<String> host = new ArrayList<>();
        for (JsonNode line : exchange) {
            if (line.get(0).asText().equals("host")) {
                host.add(line.get(1).asText());
            } else {
                scene.device(line.get(1).asText());
            }
        }
        return host;
    }

    private static MachineScene single() {
        return new MachineScene(MachineScene.device(false, MachineScene.radio(7, 33, 1.5)));
    }

    private static MachineScene singleUp() {
        MachineScene scene = single();
        scene.pass(SETTLE);
        replay(scene, FILE.at("/init/exchange"));
        scene.written.clear();
        return scene;
    }

    @Test
    void setsADeviceUpWithTheBytesOfTheRecording() {
        MachineScene scene = single();
        scene.pass(SETTLE);

        List<String> host = replay(scene, FILE.at("/init/exchange"));

        assertEquals(host, scene.written);
        assertTrue(scene.machine.isUp());
        assertEquals("firmware 1.86, 868.000 MHz, 125 kHz, SF 8, CR 5, 7 dBm", scene.news);
    }

    @Test
    void nothingIsSaidBeforeTheBoardHasStarted() {
        MachineScene scene = single();

        scene.pass(SETTLE.minusMillis(1));

        assertEquals(List.of(), scene.written);
    }

    @Test
    void readsPacketsWithTheirSignal() {
        MachineScene scene = singleUp();
        for (JsonNode each : Vectors.cases(FILE, "receive")) {
            scene.heard.clear();
            each.get("device_bytes").forEach(bytes -> scene.device(bytes.asText()));

            MachineScene.Heard heard = scene.heard.get(0);
            JsonNode delivered = each.get("delivered");
            assertEquals(delivered.get("payload").asText(), heard.packet());
            assertEquals(delivered.get("rssi_dbm").asDouble(), heard.signal().rssiDbm());
            assertEquals(delivered.get("snr_db").asDouble(), heard.signal().snrDb());
            assertEquals(delivered.get("quality_pct").asDouble(), heard.signal().quality());
        }
    }

    @Test
    void aSignalBelongsToOnePacket() {
        MachineScene scene = singleUp();
        scene.device("c02339c0c02428c0c00001c0c00002c0");

        assertEquals(-100, scene.heard.get(0).signal().rssiDbm());
        assertTrue(Double.isNaN(scene.heard.get(1).signal().rssiDbm()));
    }

    @Test
    void readsAnEscapedSignalAsTheDeviceMeantIt() {
        MachineScene scene = singleUp();
        JsonNode escaped = FILE.get("snr_byte_0xC0_escaped_as_sent_by_firmware");

        scene.device(escaped.get("device_bytes").asText() + "c00001c0");

        assertEquals(
                escaped.get("true_value_db").asDouble(),
                scene.heard.get(0).signal().snrDb());
    }

    @Test
    void readsTheStatisticsOfADevice() {
        Map<String, String> names = Map.ofEntries(
                Map.entry("r_airtime_short", "airtime_15s"),
                Map.entry("r_airtime_long", "airtime_1h"),
                Map.entry("r_channel_load_short", "channel_load_15s"),
                Map.entry("r_channel_load_long", "channel_load_1h"),
                Map.entry("r_current_rssi", "rssi_now"),
                Map.entry("r_noise_floor", "noise_floor"),
                Map.entry("r_interference", "interference"),
                Map.entry("r_symbol_time_ms", "symbol_time"),
                Map.entry("r_symbol_rate", "symbol_rate"),
                Map.entry("r_preamble_symbols", "preamble_symbols"),
                Map.entry("r_premable_time_ms", "preamble_time"),
                Map.entry("r_csma_slot_time_ms", "csma_slot"),
                Map.entry("r_csma_difs_ms", "csma_difs"),
                Map.entry("r_csma_cw_band", "csma_window_band"),
                Map.entry("r_csma_cw_min", "csma_window_min"),
                Map.entry("r_csma_cw_max", "csma_window_max"),
                Map.entry("r_temperature", "temperature"));
        MachineScene scene = singleUp();
        int compared = 0;
        for (JsonNode each : Vectors.cases(FILE, "statistics")) {
            scene.device(each.get("device_bytes").asText());
            Map<String, Double> told =
                    scene.statistics.readings().stream().collect(Collectors.toMap(Reading::name, Reading::value));
            for (Map.Entry<String, JsonNode> field : each.get("decoded").properties()) {
                String name = names.get(field.getKey());
                if (name != null) {
                    compared++;
                    Double expected =
                            field.getValue().isNull() ? null : field.getValue().asDouble();
                    assertEquals(expected, told.get(name), each.get("name").asText() + " " + name);
                }
            }
            if (each.get("decoded").has("r_battery_state")) {
                String state = Statistics.batteryState(
                        each.at("/decoded/r_battery_state").asInt());
                assertEquals(each.at("/decoded/r_battery_percent").asDouble(), told.get("battery_" + state));
            }
        }
        assertTrue(compared >= 25, "compared " + compared);
        assertTrue(scene.machine.isUp(), "little memory and a slow modem are no reason to give up");
    }

    @Test
    void leavesADeviceWithTheBytesOfTheRecording() {
        StringBuilder host = new StringBuilder();
        FILE.at("/detach/exchange").forEach(line -> {
            if (line.get(0).asText().equals("host")) {
                host.append(line.get(1).asText());
            }
        });

        assertEquals(
                host.toString(), HexFormat.of().formatHex(singleUp().machine.goodbye()));
    }

    @Test
    void framesPacketsAsInTheRecording() {
        JsonNode sent = FILE.get("send_with_flow_control");
        byte[] packet = HexFormat.of().parseHex(sent.get("packets").get(0).asText());

        assertArrayEquals(
                HexFormat.of().parseHex(sent.get("exchange").get(0).get(1).asText()), Frames.packet(packet));
    }

    @Test
    void computesTheBitRateLikeEveryone() {
        for (JsonNode row : Vectors.cases(FILE.get("bitrate_table"), "rows")) {
            LoRa tuning = new LoRa(
                    868_000_000,
                    row.get(0).asLong(),
                    row.get(1).asInt(),
                    row.get(2).asInt());
            assertEquals(row.get(3).asDouble(), tuning.bitsPerSecond(), 1e-6);
        }
    }

    @Test
    void refusesADeviceThatAnswersAnotherSpreadingFactor() {
        MachineScene scene = new MachineScene(MachineScene.device(false, MachineScene.radio(7, 0, 0)));
        scene.pass(SETTLE);

        var why = assertThrows(MeshException.class, () -> replay(scene, FILE.at("/validation_failure/exchange")));

        assertEquals("The radio was set to SF 8 and answered 9", why.getMessage());
        assertFalse(scene.machine.isUp());
        assertEquals(7, scene.written.size(), "everything was asked for");
    }

    @Test
    void refusesADeviceThatIsNoRNode() {
        MachineScene scene = single();
        scene.pass(SETTLE);
        List<String> host = replay(scene, FILE.at("/detect_failure/exchange"));

        var why = assertThrows(MeshException.class, () -> scene.pass(Duration.ofSeconds(2)));

        assertTrue(why.getMessage().contains("does not answer as an RNode"), why.getMessage());
        assertEquals(host, scene.written);
    }

    private static MachineScene several() {
        RadioSettings high =
                new RadioSettings(1, "High", new LoRa(2_427_000_000L, 812_500, 7, 5), -3, false, 0, 0, false);
        RadioSettings low = new RadioSettings(0, "Low", new LoRa(865_600_000, 125_000, 8, 5), 10, false, 0, 10, false);
        return new MachineScene(MachineScene.device(true, high, low));
    }

    @Test
    void setsSeveralRadiosUpWithTheBytesOfTheRecording() {
        MachineScene scene = several();
        scene.pass(SETTLE);

        List<String> host = replay(scene, FILE.at("/multi/init_exchange"));

        assertEquals(host, scene.written);
        assertTrue(scene.machine.isUp());
    }

    @Test
    void tellsWhichOfSeveralRadiosHasHeardAPacket() {
        MachineScene scene = several();
        scene.pass(SETTLE);
        replay(scene, FILE.at("/multi/init_exchange"));

        replay(scene, FILE.at("/multi/traffic/exchange"));

        JsonNode delivered = FILE.at("/multi/traffic/delivered").get(0);
        MachineScene.Heard heard = scene.heard.get(0);
        assertEquals(0, heard.radio());
        assertEquals(delivered.get("payload").asText(), heard.packet());
        assertEquals(delivered.get("quality_pct").asDouble(), heard.signal().quality());
    }

    @Test
    void selectsARadioBeforeItsPacket() {
        byte[] packet = new byte[20];
        packet[0] = (byte) 0xc0;

        assertEquals(
                FILE.at("/multi/traffic/exchange").get(0).get(1).asText(),
                HexFormat.of().formatHex(Frames.join(Frames.select(1), Frames.packet(packet))));
    }
}
