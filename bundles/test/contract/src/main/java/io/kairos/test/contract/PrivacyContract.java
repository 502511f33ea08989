package io.kairos.test.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The log knows machines, not people. */
abstract class PrivacyContract extends HoldingContract {

    /** An IPv4 or IPv6 address, a port behind a colon, a hash of 16 bytes or more. */
    private static final Pattern TELLTALE = Pattern.compile(
            "\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-f]{1,4}(:[0-9a-f]{0,4}){2,}|:\\d{4,5}\\b|[0-9a-f]{32}",
            Pattern.CASE_INSENSITIVE);

    @Test
    protected void logsAboveDebugTellNothingAboutNeighbours() {
        assertSame(
                RecordedLog.INSTANCE,
                LoggerFactory.getILoggerFactory(),
                "put io.kairos.test.contract before other back ends of SLF4J");
        RecordedLog.INSTANCE.clear();
        Station first = station(openFirst(AS_CONFIGURED), firstHasChildren());
        first.attach();
        if (firstNeedsSecond()) {
            Await.until("it is down with a failure", patience(), () -> isDownWithRemedy(first.opened()));
        }
        Station second = station(openSecond(AS_CONFIGURED), secondHasChildren());
        second.attach();
        first.awaitReady();
        second.awaitReady();
        exchange(first, second, Packets.random(1, 3, 100));
        exchange(second, first, Packets.random(2, 3, 100));
        attackSecond(new byte[70_000]);
        second.close();
        if (firstNeedsSecond()) {
            Await.until("the first end is down", patience(), () -> isDownWithRemedy(first.opened()));
        }
        first.close();

        List<String> telling = RecordedLog.INSTANCE.lines().stream()
                .filter(line -> TELLTALE.matcher(line).find())
                .toList();
        assertEquals(List.of(), telling);
    }
}
