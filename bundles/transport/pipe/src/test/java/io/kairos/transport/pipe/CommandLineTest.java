package io.kairos.transport.pipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandLineTest {

    @Test
    void blanksDivideAndQuotesKeepTogether() {
        assertEquals(List.of("modem", "-b", "9600"), CommandLine.words("  modem\t-b  9600\n"));
        assertEquals(List.of("sh", "-c", "a | b; c"), CommandLine.words("sh -c 'a | b; c'"));
        assertEquals(List.of("a b", "", "cd"), CommandLine.words("\"a b\" '' c'd'"));
        assertEquals(List.of("a", "b c", "\\d\"e"), CommandLine.words("a b\\ c \"\\\\d\\\"e\""));
        assertEquals(List.of("$HOME", "*", "`x`"), CommandLine.words("$HOME * `x`"));
        assertEquals(List.of("echo", "\\n"), CommandLine.words("echo \"\\n\""));
    }

    @Test
    void whatCannotBeACommandIsRefusedWithAReason() {
        assertRefused("", "names no program");
        assertRefused("''", "names no program");
        assertRefused("a 'b", "has a quote without its end");
        assertRefused("a \"b", "has a quote without its end");
        assertRefused("a \\", "ends with a backslash");
        assertRefused("a\0b", "contains a zero byte");
        assertRefused("a ".repeat(257), "has more than 256 words");
    }

    private static void assertRefused(String command, String why) {
        assertEquals(
                why,
                assertThrows(IllegalArgumentException.class, () -> CommandLine.words(command))
                        .getMessage());
    }
}
