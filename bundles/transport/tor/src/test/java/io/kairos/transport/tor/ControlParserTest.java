package io.kairos.transport.tor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.MalformedException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ControlParserTest {

    private final ControlParser parser = new ControlParser();

    @Test
    void anAnswerOfSeveralLinesIsOne() {
        assertTrue(parser.feed("250-ServiceID=abc").isEmpty());
        assertTrue(parser.feed("250-PrivateKey=ED25519-V3:xyz").isEmpty());
        ControlReply reply = parser.feed("250 OK").orElseThrow();

        assertTrue(reply.isOk());
        assertEquals(Optional.of("abc"), reply.after("ServiceID="));
        assertEquals(Optional.of("ED25519-V3:xyz"), reply.after("PrivateKey="));
    }

    @Test
    void dataEndsWithADot() {
        parser.feed("250+info/names=");
        parser.feed("one");
        parser.feed("..two");
        parser.feed("250 not the end");
        parser.feed(".");

        assertEquals(
                List.of("info/names=", "one", ".two", "250 not the end", "OK"),
                parser.feed("250 OK").orElseThrow().lines());
    }

    @Test
    void anEventIsNoAnswer() {
        ControlReply event = parser.feed("650 HS_DESC UPLOADED abc UNKNOWN $00").orElseThrow();

        assertTrue(event.isEvent());
        assertEquals(
                "250", parser.feed("250 OK").map(reply -> "" + reply.status()).orElseThrow());
    }

    @Test
    void anAnswerHasAnEnd() {
        for (int i = 0; i < 256; i++) {
            parser.feed("250-more");
        }

        assertThrows(MalformedException.class, () -> parser.feed("250-more"));
    }

    @Test
    void methodsAndCookieFileAreRead() {
        parser.feed("250-PROTOCOLINFO 1");
        parser.feed("250-AUTH METHODS=COOKIE,SAFECOOKIE COOKIEFILE=\"/run/a \\\"b\\\" \\\\c\"");
        parser.feed("250-VERSION Tor=\"0.4.9.11\"");

        ProtocolInfo info = ProtocolInfo.of(parser.feed("250 OK").orElseThrow());

        assertEquals(List.of("COOKIE", "SAFECOOKIE"), info.methods());
        assertEquals(Optional.of("/run/a \"b\" \\c"), info.cookieFile());
    }
}
