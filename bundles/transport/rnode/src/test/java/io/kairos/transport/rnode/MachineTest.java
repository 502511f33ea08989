package io.kairos.transport.rnode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.MeshException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MachineTest {

    private static final String ANSWERS = "c00846c0c0500156c0c04880c0c04981c0";
    private static final String ECHOES = "c00133bca100c0c0020001e848c0c00307c0c00408c0c00505c0c00601c0";
    private static final Duration SETTLE = Duration.ofSeconds(2);

    private final MachineScene scene = new MachineScene(MachineScene.device(false, MachineScene.radio(7, 0, 0)));

    private MachineScene up() {
        scene.pass(SETTLE);
        scene.device(ANSWERS);
        scene.device(ECHOES);
        assertTrue(scene.machine.isUp());
        scene.written.clear();
        return scene;
    }

    private String refusal(String device) {
        return assertThrows(MeshException.class, () -> scene.device(device)).getMessage();
    }

    @Test
    void oldFirmwareIsRefused() {
        scene.pass(SETTLE);

        assertEquals(
                "The firmware 1.51 of the device is older than 1.52", refusal("c00846c0c0500133c0c04880c0c04981c0"));
    }

    @Test
    void newerMajorVersionsAreFineAlsoForSeveralRadios() {
        assertTrue(new Firmware(2, 0).isEnough(true));
        assertTrue(new Firmware(1, 74).isEnough(true));
        assertFalse(new Firmware(1, 73).isEnough(true));
        assertTrue(new Firmware(1, 52).isEnough(false));
    }

    @Test
    void aDeviceThatDoesNotTellItsVersionIsRefused() {
        scene.pass(SETTLE);
        scene.device("c00846c0");

        var why = assertThrows(MeshException.class, () -> scene.pass(Duration.ofSeconds(2)));

        assertEquals("The device does not tell the version of its firmware", why.getMessage());
    }

    @Test
    void aRadioThatDoesNotConfirmIsRefused() {
        scene.pass(SETTLE);
        scene.device(ANSWERS);
        scene.device("c00133bca100c0c0020001e848c0c00307c0c00408c0c00505c0");

        var why = assertThrows(MeshException.class, () -> scene.pass(Duration.ofSeconds(3)));

        assertEquals("The radio did not switch on", why.getMessage());
    }

    @Test
    void frequencyAndCodingRateNeedNotBeToldByOldFirmware() {
        scene.pass(SETTLE);
        scene.device(ANSWERS);
        scene.device("c0020001e848c0c00307c0c00408c0c00601c0");
        scene.pass(Duration.ofSeconds(3));

        assertTrue(scene.machine.isUp());
    }

    @Test
    void aFrequencyMayBeOffByAHundredHertz() {
        scene.pass(SETTLE);
        scene.device(ANSWERS);
        scene.device("c00133bca164c0c0020001e848c0c00307c0c00408c0c00505c0c00601c0");

        assertTrue(scene.machine.isUp());
    }

    @Test
    void lessPowerIsTakenOnlyWhereTheOperatorDidNotAskForMore() {
        RadioSettings asMuchAsPossible =
                new RadioSettings(0, "", new LoRa(868_000_000, 125_000, 8, 5), 27, true, 0, 0, false);
        MachineScene modest = new MachineScene(MachineScene.device(false, asMuchAsPossible));
        modest.pass(SETTLE);
        modest.device(ANSWERS);
        modest.device(ECHOES);
        assertTrue(modest.news.endsWith("7 dBm"), modest.news);

        scene.pass(SETTLE);
        scene.device(ANSWERS);
        assertEquals(
                "The radio was set to 7 dBm and answered 2 dBm",
                refusal("c00133bca100c0c0020001e848c0c00302c0c00408c0c00505c0c00601c0"));
    }

    @Test
    void whatWasLeftOverFromBeforeIsNoAnswer() {
        scene.device(ANSWERS + ECHOES);
        scene.pass(SETTLE);

        assertThrows(MeshException.class, () -> scene.pass(Duration.ofSeconds(2)));
    }

    @Test
    void aDeviceThatRestartsIsSetUpAgain() {
        up();

        assertEquals("The device has restarted", refusal("c055f8c0"));
    }

    @Test
    void aRadioThatSwitchesOffIsSetUpAgain() {
        up();

        assertEquals("The device has switched its radio off", refusal("c00600c0"));
    }

    @Test
    void errorsEndWhatCannotGoOn() {
        up();
        scene.device("c09005c0c09006c0");
        assertEquals(2, scene.statistics.readings().get(0).value());
        scene.device("c09004c0");
        assertEquals(List.of(false), scene.ready, "a full queue is waited for");

        assertEquals("The device reports that it could not send", refusal("c09002c0"));
        assertEquals("The device reports that error 66", refusal("c09042c0"));
    }

    @Test
    void aSilentDeviceAtASerialPortIsAskedAndThenGivenUp() {
        up();
        scene.pass(Duration.ofSeconds(59));
        assertEquals(List.of(), scene.written);
        scene.pass(Duration.ofSeconds(1));
        assertEquals(List.of("c00873c0"), scene.written);
        scene.device("c00846c0");
        scene.pass(Duration.ofSeconds(59));
        scene.pass(Duration.ofSeconds(10));

        assertThrows(MeshException.class, () -> scene.pass(Duration.ofSeconds(10)));
    }

    @Test
    void aDeviceInTheNetworkHearsSomethingEveryThreeAndAHalfSeconds() {
        MachineScene tcp = new MachineScene(MachineScene.device(false, MachineScene.radio(7, 0, 0)), Timing.tcp());
        tcp.pass(Duration.ZERO);
        tcp.device(ANSWERS);
        tcp.device(ECHOES);
        tcp.written.clear();

        for (int i = 0; i < 10; i++) {
            tcp.pass(Duration.ofSeconds(1));
        }
        assertEquals(2, tcp.written.size());
        assertEquals("c00873c0", tcp.written.get(0));
        assertThrows(MeshException.class, () -> tcp.pass(Duration.ofSeconds(20)));
    }

    @Test
    void aRadioThatTheDeviceDoesNotHaveIsRefused() {
        RadioSettings third =
                new RadioSettings(2, "third", new LoRa(868_000_000, 125_000, 8, 5), 7, false, 0, 0, false);
        MachineScene several = new MachineScene(MachineScene.device(true, third));
        several.pass(SETTLE);
        several.device(ANSWERS + "c0710001c0c0710121c0");

        var why = assertThrows(MeshException.class, () -> several.pass(Duration.ofSeconds(2)));
        assertEquals("The device has no radio 2; it has 2", why.getMessage());
    }

    @Test
    void aFrequencyThatTheChipCannotReachIsRefused() {
        RadioSettings wrong = new RadioSettings(1, "high", new LoRa(868_000_000, 125_000, 8, 5), 7, false, 0, 0, false);
        MachineScene several = new MachineScene(MachineScene.device(true, wrong));
        several.pass(SETTLE);

        var why = assertThrows(MeshException.class, () -> several.device(ANSWERS + "c0710001c0c0710121c0"));
        assertEquals("Radio 1 is an SX128x and cannot send at 868000000 Hz", why.getMessage());
    }
}
