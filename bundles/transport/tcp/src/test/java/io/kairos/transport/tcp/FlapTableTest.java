package io.kairos.transport.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.transport.tcp.TcpServerSettings.Limits;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FlapTableTest {

    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Limits LIMITS = new Limits(10, 3, 5, Duration.ofSeconds(20), Duration.ofHours(12));

    private final FlapTable table = new FlapTable();

    @Test
    void sixShortConnectionsBlockAnAddressForTwelveHoursOfQuiet() {
        flap("198.51.100.1", 6, 0);

        assertFalse(table.admit(ip("198.51.100.1"), hours(11), LIMITS));
        assertTrue(table.admit(ip("198.51.100.2"), hours(11), LIMITS), "others are welcome");
        assertTrue(table.admit(ip("198.51.100.1"), hours(12), LIMITS));
    }

    @Test
    void fiveShortConnectionsAreForgiven() {
        flap("198.51.100.1", 5, 0);

        assertTrue(table.admit(ip("198.51.100.1"), 0, LIMITS));
    }

    @Test
    void longConnectionsNeverCount() {
        for (int i = 0; i < 20; i++) {
            assertTrue(table.admit(ip("198.51.100.1"), 0, LIMITS));
            table.left(ip("198.51.100.1"), Duration.ofSeconds(20), 0, LIMITS);
        }
    }

    @Test
    void thisMachineIsExempt() {
        flap("127.0.0.1", 20, 0);

        for (int i = 0; i < 10; i++) {
            assertTrue(table.admit(ip("127.0.0.1"), 0, LIMITS));
        }
        assertFalse(table.admit(ip("127.0.0.1"), 0, LIMITS), "but the bound of all connections holds");
    }

    @Test
    void anAddressHasItsOwnBound() {
        for (int i = 0; i < 3; i++) {
            assertTrue(table.admit(ip("198.51.100.1"), 0, LIMITS));
        }

        assertFalse(table.admit(ip("198.51.100.1"), 0, LIMITS));
        table.left(ip("198.51.100.1"), Duration.ofMinutes(1), 0, LIMITS);
        assertTrue(table.admit(ip("198.51.100.1"), 0, LIMITS));
        assertEquals(3, table.total());
    }

    @Test
    void oneIpv6NetworkCountsAsOneAddress() {
        for (int i = 1; i <= 3; i++) {
            assertTrue(table.admit(ip("2001:db8::" + i), 0, LIMITS));
        }

        assertFalse(table.admit(ip("2001:db8::4"), 0, LIMITS));
        assertTrue(table.admit(ip("2001:db8:0:1::4"), 0, LIMITS));
    }

    @Test
    void theMemoryOfFlapsIsBounded() {
        flap("198.51.100.1", 6, 0);
        for (int i = 0; i < 5_000; i++) {
            flap("10." + i / 65_536 + "." + i / 256 % 256 + "." + i % 256, 1, 0);
        }

        assertTrue(table.admit(ip("198.51.100.1"), 0, LIMITS), "the oldest was forgotten");
    }

    @Test
    void switchedOffNobodyIsBlocked() {
        Limits off = new Limits(10, 3, -1, Duration.ofSeconds(20), Duration.ofHours(12));
        flap("198.51.100.1", 6, 0);

        assertTrue(table.admit(ip("198.51.100.1"), 0, off));
    }

    private void flap(String address, int times, long now) {
        for (int i = 0; i < times; i++) {
            assertTrue(table.admit(ip(address), now, LIMITS));
            table.left(ip(address), SHORT, now, LIMITS);
        }
    }

    private static long hours(int hours) {
        return Duration.ofHours(hours).toNanos();
    }

    private static InetAddress ip(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
