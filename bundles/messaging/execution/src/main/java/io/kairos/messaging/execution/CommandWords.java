package io.kairos.messaging.execution;

import io.kairos.api.failure.MalformedException;
import java.util.ArrayList;
import java.util.List;

/**
 * Divides a command line into words as a POSIX shell does: blanks, single and double quotes, backslashes. Nothing else of a
 * shell is understood, so nothing in a command is replaced, joined or redirected. Pure.
 */
final class CommandWords {

    private static final int MOST_WORDS = 1_024;
    private static final String ESCAPED_IN_QUOTES = "\\\"";

    private final String line;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int at;

    private CommandWords(String line) {
        this.line = line;
    }

    /**
     * The words of a line.
     *
     * @throws MalformedException where a quote is not closed, or there is no word
     */
    static List<String> of(String line) {
        return new CommandWords(line).read();
    }

    private List<String> read() {
        if (line.indexOf('\0') >= 0) {
            throw new MalformedException("a command has no zero characters");
        }
        while (at < line.length()) {
            char next = line.charAt(at++);
            if (Character.isWhitespace(next)) {
                end();
            } else {
                inWord = true;
                take(next);
            }
        }
        end();
        if (words.isEmpty()) {
            throw new MalformedException("there is no command");
        }
        return words;
    }

    private void take(char next) {
        switch (next) {
            case '\'' -> {
                int close = line.indexOf('\'', at);
                if (close < 0) {
                    throw new MalformedException("a quote is not closed");
                }
                word.append(line, at, close);
                at = close + 1;
            }
            case '"' -> quoted();
            case '\\' -> {
                if (at >= line.length()) {
                    throw new MalformedException("nothing follows the last backslash");
                }
                word.append(line.charAt(at++));
            }
            default -> word.append(next);
        }
    }

    private void quoted() {
        while (at < line.length()) {
            char next = line.charAt(at++);
            if (next == '"') {
                return;
            }
            boolean escapes = next == '\\' && at < line.length() && ESCAPED_IN_QUOTES.indexOf(line.charAt(at)) >= 0;
            word.append(escapes ? line.charAt(at++) : next);
        }
        throw new MalformedException("a quote is not closed");
    }

    private void end() {
        if (inWord) {
            if (words.size() >= MOST_WORDS) {
                throw new MalformedException("a command has more than " + MOST_WORDS + " words");
            }
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }
}
