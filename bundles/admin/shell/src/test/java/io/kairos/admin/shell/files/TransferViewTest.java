package io.kairos.admin.shell.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kairos.admin.shell.Node;
import io.kairos.api.files.FileTransfer;
import io.kairos.api.files.FileTransfer.Phase;
import org.junit.jupiter.api.Test;

class TransferViewTest {

    private static FileTransfer transfer(Phase phase, long bytes, int interruptions) {
        return Node.fake(FileTransfer.class, (method, arguments) -> switch (method) {
            case "phase" -> phase;
            case "bytes" -> bytes;
            case "size" -> 2_000_000L;
            case "interruptions" -> interruptions;
            default -> throw new UnsupportedOperationException(method);
        });
    }

    @Test
    void tellsHowMuchIsAcknowledgedHowFastAndHowLongStill() {
        assertEquals(
                "25 %, 500 kB of 2 MB, 100 kB/s, 15 s to go",
                TransferView.line(transfer(Phase.TRANSFERRING, 500_000, 0), 100_000));
        assertEquals("0 %, 0 B of 2 MB, 0 B/s", TransferView.line(transfer(Phase.TRANSFERRING, 0, 0), 0));
        assertEquals("Finding the way …", TransferView.line(transfer(Phase.CONNECTING, 0, 0), 0));
        assertEquals(
                "The link broke; finding the way again …",
                TransferView.line(transfer(Phase.CONNECTING, 500_000, 1), 0));
    }

    @Test
    void theRateIsThatOfTheLastSecondsAndStartsAnewWithTheTransfer() {
        RecentRate rate = new RecentRate();
        rate.at(0, 0);
        assertEquals(0, rate.bytesPerSecond());
        for (int second = 1; second <= 100; second++) {
            rate.at(second * 1_000_000_000L, second <= 50 ? second * 1_000L : 50_000L + (second - 50) * 10_000L);
        }
        assertEquals(10_000, rate.bytesPerSecond(), 1);
        rate.at(101_000_000_000L, 0);
        rate.at(102_000_000_000L, 5_000);
        assertEquals(5_000, rate.bytesPerSecond(), 1);
    }
}
