package io.kairos.lib.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FullNameTest {

    @Test
    void aNameIsAnApplicationAndItsAspects() {
        assertEquals(new FullName("lxmf", List.of("delivery", "inbox")), FullName.parse("lxmf.delivery.inbox"));
        assertEquals(new FullName("kairos", List.of()), FullName.parse("kairos"));
        assertEquals(
                "lxmf.delivery.inbox", FullName.parse("lxmf.delivery.inbox").text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".a", "a..b"})
    void noPartIsEmpty(String text) {
        assertThrows(IllegalArgumentException.class, () -> FullName.parse(text));
    }
}
