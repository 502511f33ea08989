package io.kairos.transport.i2p;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MalformedException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SamReplyTest {

    @Test
    void pairsAreRead() {
        SamReply reply = SamReply.parse("NAMING REPLY RESULT=OK NAME=x VALUE=abc~-==");

        assertEquals("NAMING REPLY", reply.topic());
        assertTrue(reply.isOk());
        assertEquals(Optional.of("abc~-=="), reply.value("VALUE"));
    }

    @Test
    void valuesMayStandInQuotationMarks() {
        SamReply reply = SamReply.parse("SESSION STATUS RESULT=I2P_ERROR MESSAGE=\"no \\\"tunnels\\\" yet\" X=");

        assertEquals(Optional.of("no \"tunnels\" yet"), reply.value("MESSAGE"));
        assertEquals(Optional.of(""), reply.value("X"));
    }

    @Test
    void keysAreNotShownToLogs() {
        assertFalse(SamReply.parse("DEST REPLY PUB=abc PRIV=secret").toString().contains("secret"));
    }

    @Test
    void whatIsNoReplyIsRefused() {
        for (String line : List.of("", "HELLO", " HELLO REPLY", "RESULT=OK X=Y Z", "A =")) {
            assertThrows(MalformedException.class, () -> SamReply.parse(line), line);
        }
        assertThrows(MalformedException.class, () -> SamReply.parse("A B" + pairs(33)));
    }

    @Test
    void everyResultHasAMessageAndARemedy() {
        Set<String> messages = new HashSet<>();
        for (String result : List.of(
                "CANT_REACH_PEER",
                "TIMEOUT",
                "KEY_NOT_FOUND",
                "INVALID_KEY",
                "DUPLICATED_DEST",
                "INVALID_ID",
                "NOVERSION",
                "I2P_ERROR")) {
            Failure failure = SamFailures.refused(new SamReply("X Y", Map.of("RESULT", result)))
                    .failure();
            messages.add(failure.message());
            assertFalse(failure.remedy().isBlank());
        }
        assertEquals(8, messages.size());
    }

    @Test
    void wordsOfTheBridgeAreMadeHarmless() {
        SamReply reply = new SamReply("X Y", Map.of("RESULT", "\u001b[31m" + "A".repeat(100)));

        String message = SamFailures.refused(reply).failure().message();

        assertTrue(message.length() < 100 && message.indexOf('\u001b') < 0, message);
    }

    private static String pairs(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(" K").append(i).append("=1");
        }
        return text.toString();
    }
}
