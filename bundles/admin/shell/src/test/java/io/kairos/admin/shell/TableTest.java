package io.kairos.admin.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void alignsWordsLeftAndNumbersRight() {
        Table table = new Table().left("Name").right("Hops").left("State");
        table.row("a", 1, "UP").row("long-name", 128, "DOWN").note("    why");

        assertEquals("""
            Name       Hops  State
            ---------  ----  -----
            a             1  UP
            long-name   128  DOWN
                why
            """, table.toText());
    }

    @Test
    void keepsControlCharactersFromTheTerminal() {
        Table table = new Table().left("Name");
        table.row("a\u001b[2Jb\nc");

        assertEquals("Name\n--------\na?[2Jb?c\n", table.toText());
    }

    @Test
    void refusesARowOfAnotherLength() {
        assertThrows(
                IllegalArgumentException.class, () -> new Table().left("Name").row("a", "b"));
    }
}
