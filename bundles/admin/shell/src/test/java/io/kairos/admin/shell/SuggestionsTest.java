package io.kairos.admin.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.karaf.shell.support.completers.ArgumentCommandLine;
import org.junit.jupiter.api.Test;

class SuggestionsTest {

    @Test
    void offersWordsThatBeginLikeTheOneAtTheCursor() {
        List<String> candidates = new ArrayList<>();

        Suggestions.complete(new ArgumentCommandLine("vp", 2), List.of("lora", "vps-eu", "vps-us"), candidates);

        assertEquals(
                List.of("vps-eu", "vps-us"),
                candidates.stream().map(String::strip).toList());
    }

    @Test
    void doesNotFloodTheTerminal() {
        List<String> words =
                IntStream.range(0, 2000).mapToObj("w%04d"::formatted).toList();
        List<String> candidates = new ArrayList<>();

        Suggestions.complete(new ArgumentCommandLine("", 0), words, candidates);

        assertEquals(500, candidates.size());
    }
}
