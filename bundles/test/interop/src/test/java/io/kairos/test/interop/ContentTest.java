package io.kairos.test.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;

class ContentTest {

    /** The hashes were computed by the driver, which compares what it expects with what a peer received. */
    @Test
    void theBytesAreThoseOfTheDriver() {
        assertEquals(
                "8f790d06c0867aeddffa8b7172bf24be3559f613c5bacb1f454a45e4ce762057",
                Content.hex(Content.hash(Content.of("random", 7, 1000))));
        assertEquals(
                "a83098f5cec622b43efc2d1d3034344ed9fdcdedf7aaf06553dd2047f7d9550b",
                Content.hex(Content.hash(Content.of("text", 7, 1000))));
    }

    @Test
    void aStreamHasTheHashOfItsBytes() {
        byte[] bytes = Content.of("random", 1, 200_000);

        assertEquals(Content.hex(Content.hash(bytes)), Content.hex(Content.hash(new ByteArrayInputStream(bytes))));
    }
}
