package io.kairos.transport.rnode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RegionsTest {

    private static final double DIPOLE = 2.15;

    private static Region region(String name) {
        return Regions.find(name).orElseThrow();
    }

    private static Region.Permit eu(long frequency, int bandwidth) {
        return region("eu868").check(new LoRa(frequency, bandwidth, 8, 5), OptionalInt.empty(), DIPOLE);
    }

    @Test
    void everyPresetIsAllowedWhereItStandsAndFits() {
        for (Region region : Regions.all()) {
            assertEquals(Regions.PROFILES, region.presets().keySet().stream().toList());
            double slower = 0;
            for (String profile : Regions.PROFILES) {
                LoRa tuning = region.preset(profile).orElseThrow();
                RadioSettings radio = wish(region.name(), profile, "auto", 0).settle();
                assertTrue(tuning.bitsPerSecond() > slower, region.name() + " " + profile + " is faster");
                assertTrue(radio.tuning().airtime(500).compareTo(Duration.ofSeconds(7)) < 0, region.name());
                slower = tuning.bitsPerSecond();
            }
        }
    }

    @Test
    void europeHasItsSubBands() {
        assertEquals(new Region.Permit(14, 0.01), eu(868_300_000, 125_000));
        assertEquals(new Region.Permit(27, 0.1), eu(869_525_000, 250_000));
        assertEquals(new Region.Permit(14, 0.001), eu(868_950_000, 125_000));
        assertEquals(new Region.Permit(14, 0.01), eu(869_850_000, 125_000));
        assertEquals(new Region.Permit(14, 0.01), eu(867_200_000, 125_000));
        assertEquals(new Region.Permit(14, 0.001), eu(864_000_000, 125_000));
    }

    @Test
    void aChannelThatReachesOutOfItsBandIsRefusedWithWhatIsAllowed() {
        var why = assertThrows(MeshException.class, () -> eu(868_650_000, 125_000));

        assertEquals(Failure.Kind.POLICY, why.kind());
        assertEquals("868.650 MHz with 125 kHz is outside of what Europe, 868 MHz allows", why.getMessage());
        assertTrue(why.remedy().contains("869.4-869.65 MHz: 27 dBm ERP, 10 %"), why.remedy());
        assertThrows(MeshException.class, () -> eu(869_525_000, 500_000));
        assertThrows(MeshException.class, () -> eu(869_390_000, 125_000));
    }

    @Test
    void tooMuchPowerIsRefusedAndABetterAntennaCosts() {
        LoRa tuning = new LoRa(868_300_000, 125_000, 8, 5);

        var why = assertThrows(MeshException.class, () -> region("eu868").check(tuning, OptionalInt.of(17), DIPOLE));

        assertTrue(why.getMessage().contains("17 is more than the 14 dBm"), why.getMessage());
        assertEquals(8, region("eu868").check(tuning, OptionalInt.empty(), 8.15).mostDbm());
        assertEquals(
                30,
                region("us915")
                        .check(new LoRa(915_000_000, 500_000, 8, 5), OptionalInt.empty(), 6)
                        .mostDbm());
        assertEquals(
                27,
                region("us915")
                        .check(new LoRa(915_000_000, 500_000, 8, 5), OptionalInt.empty(), 9)
                        .mostDbm());
    }

    @Test
    void narrowChannelsAreRefusedWhereTheLawWantsThemWide() {
        LoRa narrow = new LoRa(915_000_000, 125_000, 8, 5);

        var why = assertThrows(MeshException.class, () -> region("us915").check(narrow, OptionalInt.empty(), DIPOLE));

        assertTrue(why.getMessage().contains("too narrow"), why.getMessage());
        assertTrue(why.remedy().contains("region = none"), why.remedy());
        assertEquals(
                2,
                region("au915")
                        .check(new LoRa(921_500_000, 125_000, 8, 5), OptionalInt.empty(), DIPOLE)
                        .mostDbm());
    }

    /** 47 CFR 15.247 (e): 8 dBm in any 3 kHz; in Australia 25 mW. The width that is asked for keeps the power that thin. */
    @Test
    void wideChannelsAreThinEnough() {
        for (String name : new String[] {"us915", "au915"}) {
            SubBand wide = region(name).bands().get(0);
            double dbmIn3kHz = wide.powerDbm() - 10 * Math.log10(wide.leastBandwidthHz() / 3_000.0);
            assertTrue(dbmIn3kHz <= 8, name + " " + dbmIn3kHz);
        }
    }

    @Test
    void longTransmissionsAreRefusedWhereTheLawWantsThemShort() {
        LoRa slow = new LoRa(923_250_000, 125_000, 9, 5);

        var why = assertThrows(MeshException.class, () -> region("as923").check(slow, OptionalInt.empty(), DIPOLE));

        assertTrue(why.getMessage().contains("longer than what Asia, 923 MHz allows"), why.getMessage());
    }

    @Test
    void moreAirtimeThanAllowedIsRefused() {
        var why = assertThrows(
                MeshException.class, () -> wish("eu868", "balanced", "auto", 11).settle());

        assertTrue(why.getMessage().contains("11 is more than the 10 %"), why.getMessage());
        assertEquals(0.05, wish("eu868", "balanced", "auto", 5).settle().airtimeShare());
        assertEquals(0.1, wish("eu868", "balanced", "auto", 0).settle().airtimeShare());
        assertEquals(1, wish("us915", "balanced", "auto", 0).settle().airtimeShare());
    }

    @Test
    void withoutARegionNothingIsSetUp() {
        var why = assertThrows(
                MeshException.class, () -> wish("", "balanced", "auto", 0).settle());

        assertEquals("region is missing", why.getMessage());
        assertTrue(why.remedy().contains("eu868") && why.remedy().contains("none"), why.remedy());
    }

    @Test
    void whoeverWritesNoneAnswersForEverything() {
        RadioSettings radio =
                new RadioWish(0, "", "none", "", 433_000_000, 31_250, 8, 8, "30", 20, 0, 0, false).settle();

        assertEquals(30, radio.powerDbm());
        assertEquals(1, radio.airtimeShare());
        assertThrows(
                MeshException.class, () -> wish("none", "balanced", "auto", 0).settle());
    }

    @Test
    void aPacketThatTakesLongerThanTheHourAllowsIsRefused() {
        RadioWish slow = new RadioWish(0, "", "eu868", "", 868_950_000, 125_000, 12, 8, "auto", DIPOLE, 0, 0, false);

        var why = assertThrows(MeshException.class, slow::settle);

        assertTrue(why.getMessage().contains("more than the airtime limits ever allow"), why.getMessage());
    }

    @Test
    void severalRadiosAreReadFromTheirEntries() {
        RadioWish wish = RadioWish.parse(" high index=1 region=ism2400 profile=fast tx.power.dbm=-3 ", "eu868");

        RadioSettings radio = wish.settle();

        assertEquals("high", radio.name());
        assertEquals(1, radio.index());
        assertEquals(-3, radio.powerDbm());
        assertEquals("eu868", RadioWish.parse("low index=0", "eu868").region());
        for (String wrong : new String[] {"", "low", "low index=x", "low colour=red", "-low index=0", "low index=12"}) {
            assertThrows(
                    MeshException.class, () -> RadioWish.parse(wrong, "eu868").settle(), wrong);
        }
    }

    private static RadioWish wish(String region, String profile, String power, double longLimit) {
        return new RadioWish(0, "", region, profile, 0, 0, 0, 0, power, DIPOLE, 0, longLimit, false);
    }
}
