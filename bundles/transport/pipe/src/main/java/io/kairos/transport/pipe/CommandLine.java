package io.kairos.transport.pipe;

import java.util.ArrayList;
import java.util.List;

/**
 * Divides a command into words as a shell would, without being one: blanks divide, quotes and backslashes keep together,
 * nothing is replaced and nothing is run. Inside single quotes everything stands for itself; inside double quotes a
 * backslash before {@code "} or a backslash takes its meaning away.
 */
final class CommandLine {

    private static final int MOST_WORDS = 256;

    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int at;

    private CommandLine(String text) {
        this.text = text;
    }

    /**
     * The words of a command.
     *
     * @throws IllegalArgumentException that says what is wrong: a quote without its end, no word, too many words
     */
    static List<String> words(String command) {
        CommandLine line = new CommandLine(command);
        line.divide();
        if (line.words.isEmpty() || line.words.get(0).isEmpty()) {
            throw new IllegalArgumentException("names no program");
        }
        return List.copyOf(line.words);
    }

    private void divide() {
        while (at < text.length()) {
            char next = text.charAt(at++);
            switch (next) {
                case '\'' -> quoted('\'', false);
                case '"' -> quoted('"', true);
                case '\\' -> add(escaped());
                case ' ', '\t', '\n', '\r' -> endWord();
                default -> add(next);
            }
        }
        endWord();
    }

    private void quoted(char end, boolean withEscapes) {
        inWord = true;
        while (at < text.length()) {
            char next = text.charAt(at++);
            if (next == end) {
                return;
            }
            boolean isEscape = withEscapes && next == '\\' && at < text.length() && isEscapable(text.charAt(at));
            add(isEscape ? text.charAt(at++) : next);
        }
        throw new IllegalArgumentException("has a quote without its end");
    }

    private static boolean isEscapable(char next) {
        return next == '"' || next == '\\';
    }

    private char escaped() {
        if (at == text.length()) {
            throw new IllegalArgumentException("ends with a backslash");
        }
        return text.charAt(at++);
    }

    private void add(char next) {
        if (next == 0) {
            throw new IllegalArgumentException("contains a zero byte");
        }
        inWord = true;
        word.append(next);
    }

    private void endWord() {
        if (!inWord) {
            return;
        }
        if (words.size() == MOST_WORDS) {
            throw new IllegalArgumentException("has more than " + MOST_WORDS + " words");
        }
        words.add(word.toString());
        word.setLength(0);
        inWord = false;
    }
}
