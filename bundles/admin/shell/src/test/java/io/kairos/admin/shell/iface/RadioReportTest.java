package io.kairos.admin.shell.iface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.transport.RadioScanner.Found;
import io.kairos.api.transport.RadioScanner.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RadioReportTest {

    private static final Found RADIO = new Found(
            "/dev/ttyUSB0", "CP2102", Optional.of("rnode"), "LilyGO T-Beam", "1.86", List.of(), Optional.empty());

    private static final Found PRINTER = new Found(
            "/dev/ttyS0",
            "",
            Optional.empty(),
            "",
            "",
            List.of(),
            Optional.of(new Failure(Failure.Kind.HARDWARE, "It is in use", "End the other user.")));

    private static Plan plan(String region, String profile) {
        return new Plan(
                region,
                "Europe",
                "a rule",
                profile,
                869_525_000,
                125_000,
                8,
                5,
                27,
                0.1,
                3_125,
                Duration.ofMillis(1_500));
    }

    private static final List<Plan> PLANS = List.of(plan("eu868", "balanced"), plan("us915", "fast"));

    @Test
    void tellsTheOneCommandThatBringsARadioUpAndDoesNotGuessWhereItStands() {
        String text = RadioReport.found(List.of(PRINTER, RADIO), PLANS, false);

        assertTrue(text.contains("It is in use. End the other user."), text);
        assertTrue(text.contains("iface:rnode-scan --add lora --profile balanced --region REGION\n"), text);
        assertTrue(text.contains("Regions:  eu868 (Europe), us915 (Europe)\n"), text);
    }

    @Test
    void namesThePortWhereThereAreSeveralOrItsOperatorHas() {
        assertTrue(RadioReport.found(List.of(RADIO, RADIO), PLANS, false).contains("REGION --port /dev/ttyUSB0"));
        assertTrue(RadioReport.found(List.of(RADIO), PLANS, true).contains("REGION --port /dev/ttyUSB0"));
    }

    @Test
    void saysWhatToDoWhereThereIsNone() {
        assertTrue(RadioReport.found(List.of(), PLANS, false).contains("Plug the radio in"));
        assertTrue(RadioReport.found(List.of(PRINTER), PLANS, false).contains("No RNode is free here"));
    }

    @Test
    void tellsHowARadioIsTuned() {
        assertEquals(
                "Europe, balanced: 869.525 MHz, 125.0 kHz, SF 8, CR 5, at most 10.0 % of each hour on air.\n",
                RadioReport.tuned(PLANS, "eu868", "balanced"));
        assertEquals("", RadioReport.tuned(PLANS, "eu868", "fast"));
    }

    @Test
    void showsThePlansOfARegion() {
        String one = RadioReport.plans(PLANS, Optional.of("eu868"));

        assertTrue(one.startsWith("eu868 (Europe)"), one);
        assertTrue(one.contains("240"), one); // 10 % of an hour by 1.5 s
        assertTrue(!one.contains("us915"), one);
        assertTrue(RadioReport.plans(PLANS, Optional.empty()).contains("us915 (Europe)"));
        assertEquals("", RadioReport.plans(PLANS, Optional.of("mars")));
    }
}
