package io.kairos.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpellingTest {

    private static final List<String> KNOWN = List.of("listen.port", "peer.host", "peer.port", "mode");

    @Test
    void slipsOfThePenAndConfusedSeparatorsAreRecognised() {
        assertEquals(Optional.of("listen.port"), Spelling.closest("listen_port", KNOWN));
        assertEquals(Optional.of("listen.port"), Spelling.closest("listenPort", KNOWN));
        assertEquals(Optional.of("peer.port"), Spelling.closest("peer.prot", KNOWN));
        assertEquals(Optional.of("mode"), Spelling.closest("mod", KNOWN));
    }

    @Test
    void whatResemblesNothingIsNotGuessed() {
        assertEquals(Optional.empty(), Spelling.closest("colour", KNOWN));
        assertEquals(Optional.empty(), Spelling.closest("x".repeat(10_000), KNOWN));
    }

    @Test
    void underscoresOfAnnotationMethodsAreDots() {
        assertEquals("listen.port", SettingsCheck.key("listen_port"));
        assertEquals("a_b.c", SettingsCheck.key("a__b_c"));
    }
}
