package io.kairos.admin.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kairos.api.failure.MeshException;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Option;
import org.junit.jupiter.api.Test;

class LateOptionsTest {

    /** Filled as the console fills commands: words behind the first argument are arguments, one after the other. */
    private static final class Example {

        @Argument(index = 0, name = "first")
        private String first = "default";

        @Argument(index = 1, name = "second")
        private String second;

        @Argument(index = 2, name = LateOptions.NAME, multiValued = true)
        private List<String> more;

        @Option(name = "-n", aliases = "--number")
        private String number = "1";

        @Option(name = "-j", aliases = "--json")
        private boolean json;

        static Example typed(String... words) {
            Example example = new Example();
            if (words.length > 0) {
                example.first = words[0];
            }
            if (words.length > 1) {
                example.second = words[1];
            }
            if (words.length > 2) {
                example.more = List.of(words).subList(2, words.length);
            }
            LateOptions.sort(example);
            return example;
        }

        @Override
        public String toString() {
            return first + " " + second + " -n " + number + (json ? " -j" : "");
        }
    }

    @Test
    void whatIsInOrderStaysAsItIs() {
        assertEquals("default null -n 1", Example.typed().toString());
        assertEquals("a null -n 1", Example.typed("a").toString());
        assertEquals("a b -n 1", Example.typed("a", "b").toString());
    }

    @Test
    void optionsBehindArgumentsBecomeOptions() {
        assertEquals("a null -n 1 -j", Example.typed("a", "-j").toString());
        assertEquals("a null -n 5", Example.typed("a", "-n", "5").toString());
        assertEquals(
                "a b -n 5 -j",
                Example.typed("a", "b", "--number", "5", "--json").toString());
        assertEquals("a b -n 5", Example.typed("a", "b", "-n=5").toString());
    }

    @Test
    void argumentsMayStandBetweenOptions() {
        assertEquals("a b -n 5 -j", Example.typed("a", "-n", "5", "b", "-j").toString());
    }

    @Test
    void whatMakesNoSenseIsAFailure() {
        assertFailure("There is no option -x.", "a", "-x");
        assertFailure("-n has no value.", "a", "-n");
        assertFailure("'c' is one word too many.", "a", "b", "c");
        assertFailure("'c' is one word too many.", "a", "-j", "b", "c");
    }

    private static void assertFailure(String message, String... words) {
        assertEquals(
                message,
                assertThrows(MeshException.class, () -> Example.typed(words)).getMessage());
    }
}
