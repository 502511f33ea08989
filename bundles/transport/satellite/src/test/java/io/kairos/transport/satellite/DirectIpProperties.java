package io.kairos.transport.satellite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.MalformedException;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DirectIpProperties {

    private static final String IMEI = "300234010123450";

    /** As the public descriptions of the gateway have it, written out by hand. */
    private static final String FROM_MODEM = "01" + "001c" + "0001e240" + "333030323334303130313233343530" + "00"
            + "d431" + "0000" + "43c5f1f0" + "02" + "0003" + "616263";

    @Test
    void aMessageOfAModemIsRead() {
        DirectIp.FromModem message = DirectIp.fromModem(HexFormat.of().parseHex(FROM_MODEM));

        assertEquals(IMEI, message.imei());
        assertEquals(0, message.session());
        assertArrayEquals(new byte[] {'a', 'b', 'c'}, message.payload());
    }

    @Test
    void aMessageToAModemHasItsHeaderAndItsPayload() {
        assertEquals(
                "01" + "001d" + "41" + "0015" + "0000002a" + "333030323334303130313233343530" + "0000" + "42" + "0002"
                        + "6869",
                HexFormat.of().formatHex(DirectIp.toModem(42, IMEI, new byte[] {'h', 'i'})));
    }

    @Test
    void theGatewaysAnswerIsRead() {
        byte[] body = HexFormat.of()
                .parseHex("44" + "0019" + "0000002a" + "333030323334303130313233343530" + "00000007" + "fffb");

        assertEquals(new DirectIp.Confirmation(42, IMEI, -5), DirectIp.confirmation(body));
    }

    @Test
    void whatIsCutShortOrDoubledIsRefusedWhereverItIsCut() {
        byte[] whole = HexFormat.of().parseHex(FROM_MODEM);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            if (length != whole.length - 6) { // without its payload it is a look into the mailbox
                assertThrows(MalformedException.class, () -> DirectIp.fromModem(cut));
            }
        }
        byte[] twice = Arrays.copyOf(whole, 2 * whole.length);
        System.arraycopy(whole, 0, twice, whole.length, whole.length);
        assertThrows(MalformedException.class, () -> DirectIp.fromModem(twice));
    }

    @Property(tries = 100)
    void payloadsOfAllLengthsAreRead(@ForAll @Size(max = 1_960) byte[] payload) {
        byte[] message = SimulatedGateway.mobileOriginated(IMEI, payload);
        byte[] body = Arrays.copyOfRange(message, DirectIp.HEAD_BYTES, message.length);

        assertEquals(body.length, DirectIp.length(Arrays.copyOf(message, DirectIp.HEAD_BYTES)));
        assertArrayEquals(payload, DirectIp.fromModem(body).payload());
    }

    @Property(tries = 500)
    void noBytesCauseAnythingButARefusal(@ForAll @Size(max = 200) byte[] noise, @ForAll @IntRange(max = 3) int looks) {
        byte[] bytes = noise;
        if (looks == 0) {
            bytes = HexFormat.of().parseHex(FROM_MODEM);
            for (int i = 0; i < Math.min(4, noise.length); i++) {
                bytes[(noise[i] & 0xff) % bytes.length] ^= noise[noise.length - 1 - i];
            }
        }
        try {
            assertTrue(DirectIp.fromModem(bytes).payload().length <= bytes.length);
        } catch (MalformedException expected) {
            // refusing is fine; any other exception fails the property
        }
        try {
            assertTrue(DirectIp.isImei(DirectIp.confirmation(bytes).imei()));
        } catch (MalformedException expected) {
            // the same
        }
    }

    @Test
    void noHeadAsksForMoreThanIsRead() {
        assertEquals(4_096, DirectIp.length(new byte[] {1, 0x10, 0}));
        for (byte[] head : new byte[][] {{1, 0x10, 1}, {1, -1, -1}, {2, 0, 1}, {1, 0}}) {
            assertThrows(MalformedException.class, () -> DirectIp.length(head));
        }
    }
}
