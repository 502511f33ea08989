package io.kairos.admin.shell;

import java.util.Collection;
import java.util.List;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Offers words at the cursor. */
public final class Suggestions {

    /** A terminal with more than this many candidates helps nobody. */
    private static final int MOST = 500;

    private Suggestions() {}

    /** Adds the words that begin like the word at the cursor; tells where in the line they begin, as completers must. */
    public static int complete(CommandLine line, Collection<String> words, List<String> candidates) {
        String argument = line.getCursorArgument() == null ? "" : line.getCursorArgument();
        String begun = argument.substring(0, Math.min(line.getArgumentPosition(), argument.length()));
        List<String> offered = words.stream()
                .filter(word -> word.startsWith(begun))
                .limit(MOST)
                .toList();
        return new StringsCompleter(offered, true).complete(null, line, candidates);
    }
}
