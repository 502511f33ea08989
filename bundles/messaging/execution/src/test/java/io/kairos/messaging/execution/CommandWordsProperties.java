package io.kairos.messaging.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kairos.api.failure.MalformedException;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;

class CommandWordsProperties {

    @Property(tries = 500)
    void quotedWordsComeBackAsTheyWere(
            @ForAll @Size(min = 1, max = 6)
                    List<@AlphaChars @Chars({' ', '"', '\\', '$', ';', '\n'}) @NotEmpty String> words) {
        String line = words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        assertEquals(words, CommandWords.of(line));
    }

    @Property(tries = 1000)
    void noLineCausesAnythingButARefusal(@ForAll String line) {
        try {
            CommandWords.of(line);
        } catch (MalformedException expected) {
            // refusing is fine; any other exception fails the property
        }
    }

    @Example
    void wordsAreDividedAsAShellDoes() {
        assertEquals(List.of("echo", "a b", "c\"d", "e", ""), CommandWords.of("echo 'a b' \"c\\\"d\"  \\e ''"));
        assertEquals(List.of("a", "|", "b", ">", "$HOME", "`c`"), CommandWords.of("a | b > $HOME `c`"));
        assertThrows(MalformedException.class, () -> CommandWords.of("  "));
        assertThrows(MalformedException.class, () -> CommandWords.of("a 'b"));
        assertThrows(MalformedException.class, () -> CommandWords.of("a \\"));
    }
}
