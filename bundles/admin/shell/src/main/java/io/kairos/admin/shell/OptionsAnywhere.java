package io.kairos.admin.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.parsing.DefaultParser;

/**
 * Lets options follow arguments, as people write them: {@code identity:export node -f file}. The console only reads options
 * before the first argument, so the arguments before the first option are moved behind all that follows.
 */
@Service
public final class OptionsAnywhere extends DefaultParser {

    @Override
    public String preprocess(Session session, CommandLine line) {
        return String.join(" ", optionsFirst(Arrays.asList(line.getArguments())));
    }

    /** @param words the command, then its words */
    static List<String> optionsFirst(List<String> words) {
        int option = 1;
        while (option < words.size() && !words.get(option).startsWith("-")) {
            option++;
        }
        if (words.size() < 2 || option == words.size()) {
            return words;
        }
        List<String> ordered = new ArrayList<>();
        ordered.add(words.get(0));
        ordered.addAll(words.subList(option, words.size()));
        ordered.addAll(words.subList(1, option));
        return ordered;
    }
}
