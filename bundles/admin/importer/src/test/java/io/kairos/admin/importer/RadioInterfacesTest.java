package io.kairos.admin.importer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kairos.api.admin.ReticulumImport.Item;
import io.kairos.api.admin.ReticulumImport.Result;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Interfaces on serial ports: lines, modems and radios. */
class RadioInterfacesTest extends ImporterScene {

    @Test
    void whatWasToldOfARadioChannelGoesOn() throws Exception {
        Files.writeString(old.resolve("config"), """
                [interfaces]
                  [[Radio]]
                    type = KISSInterface
                    enabled = yes
                    port = /dev/ttyUSB0
                    discovery_frequency = 144950000
                    discovery_bandwidth = 12500
                    discovery_modulation = AFSK 1200
                """);
        node.importer().apply(old);

        assertEquals(
                Map.of(
                        "interface.name", "Radio",
                        "port", "/dev/ttyUSB0",
                        "air.frequency.hz", "144950000",
                        "air.bandwidth.hz", "12500",
                        "air.modulation", "AFSK 1200"),
                settings("io.kairos.transport.kiss-Radio.cfg"));
    }

    @Test
    void linesAndModemsOnSerialPortsBecomeSettingsFiles() throws Exception {
        Files.writeString(old.resolve("config"), """
                [interfaces]
                  [[Cable]]
                    type = SerialInterface
                    enabled = yes
                    port = /dev/ttyUSB0
                    speed = 115200
                    databits = 8
                    parity = none
                    stopbits = 1
                  [[Packet radio]]
                    type = KISSInterface
                    enabled = yes
                    port = /dev/serial/by-id/usb-Maker_TNC-if00
                    preamble = 150
                    txtail = 10
                    persistence = 200
                    slottime = 20
                    flow_control = false
                    id_callsign = MYCALL-0
                    id_interval = 600
                  [[Packet radio with header]]
                    type = AX25KISSInterface
                    enabled = yes
                    port = /dev/ttyACM1
                    parity = E
                    callsign = NO1CLL
                    ssid = 0
                    flow_control = yes
                """);
        node.importer().apply(old);

        assertEquals(
                Map.of(
                        "interface.name", "Cable",
                        "port", "/dev/ttyUSB0",
                        "speed", "115200",
                        "data.bits", "8",
                        "parity", "none",
                        "stop.bits", "1"),
                settings("io.kairos.transport.serial-Cable.cfg"));
        assertEquals(
                Map.of(
                        "interface.name", "Packet radio",
                        "port", "/dev/serial/by-id/usb-Maker_TNC-if00",
                        "preamble.milliseconds", "150",
                        "tail.milliseconds", "10",
                        "persistence", "200",
                        "slot.time.milliseconds", "20",
                        "ready.flow.control", "false",
                        "id.callsign", "MYCALL-0",
                        "id.interval.seconds", "600"),
                settings("io.kairos.transport.kiss-Packet-radio.cfg"));
        assertEquals(
                Map.of(
                        "interface.name", "Packet radio with header",
                        "port", "/dev/ttyACM1",
                        "parity", "even",
                        "callsign", "NO1CLL",
                        "ssid", "0",
                        "ready.flow.control", "true"),
                settings("io.kairos.transport.ax25-Packet-radio-with-header.cfg"));
    }

    @Test
    void radiosAreTakenOverAsTheyAreTuned() throws Exception {
        Files.writeString(old.resolve("config"), """
                [interfaces]
                  [[Roof]]
                    type = RNodeInterface
                    enabled = yes
                    port = /dev/ttyUSB0
                    frequency = 867200000
                    bandwidth = 125000
                    txpower = 7
                    spreadingfactor = 8
                    codingrate = 5
                    flow_control = no
                    airtime_limit_long = 1.5
                    id_interval = 600
                    id_callsign = N0CALL-0
                  [[Two]]
                    type = RNodeMultiInterface
                    enabled = yes
                    port = tcp://10.0.0.1
                    [[[High Band]]]
                      enabled = yes
                      vport = 1
                      frequency = 2400000000
                      bandwidth = 1625000
                      txpower = -3
                      spreadingfactor = 5
                      codingrate = 5
                      outgoing = yes
                    [[[Off]]]
                      vport = 0
                """);

        node.importer().apply(old);

        Map<String, String> roof = settings("io.kairos.transport.rnode-Roof.cfg");
        assertEquals("867200000", roof.get("frequency.hz"));
        assertEquals("none", roof.get("region"));
        assertEquals("false", roof.get("flow.control"));
        assertEquals("1.5", roof.get("airtime.limit.long.percent"));
        assertEquals("600", roof.get("id.interval.seconds"));
        assertEquals("N0CALL-0", roof.get("id.callsign"));
        Map<String, String> two = settings("io.kairos.transport.rnode.multi-Two.cfg");
        assertEquals("tcp://10.0.0.1", two.get("port"));
        assertEquals(
                "High-Band index=1 frequency.hz=2400000000 bandwidth.hz=1625000 tx.power.dbm=-3 spreading.factor=5"
                        + " coding.rate=5",
                two.get("radios"));
        List<Item> items = node.importer().preview(old);
        assertEquals(Result.LEFT_OUT, item(items, "[High Band] outgoing").result());
        assertEquals(Result.LEFT_OUT, item(items, "[Off]").result());
    }
}
