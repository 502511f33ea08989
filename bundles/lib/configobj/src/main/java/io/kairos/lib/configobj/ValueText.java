package io.kairos.lib.configobj;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the value of one line: items with commas between them, quoted or not, and perhaps a comment. */
final class ValueText {

    static final String REMEDY =
            "Close quotes, put only a comma or a # comment behind them, and write no comma before or between two commas.";

    private final String text;
    private int at;

    private ValueText(String text) {
        this.text = text;
    }

    /** The value; empty for text that is none. */
    static Optional<ConfigValue> parse(String text) {
        return new ValueText(text).read();
    }

    private Optional<ConfigValue> read() {
        if (atEnd()) {
            return Optional.of(ConfigValue.single(""));
        }
        if (text.charAt(at) == ',') {
            at++;
            skipBlanks();
            return atEnd() ? Optional.of(ConfigValue.list(List.of())) : Optional.empty();
        }
        List<String> items = new ArrayList<>();
        boolean list = false;
        while (!atEnd()) {
            String item = isQuote(text.charAt(at)) ? quoted() : unquoted();
            if (item == null) {
                return Optional.empty();
            }
            items.add(item);
            skipBlanks();
            if (at < text.length() && text.charAt(at) == ',') {
                list = true;
                at++;
                skipBlanks();
            } else if (!atEnd()) {
                return Optional.empty();
            }
        }
        return Optional.of(list ? ConfigValue.list(items) : ConfigValue.single(items.get(0)));
    }

    /** The first closing quote that a comma, a comment or the end follows ends the item; {@code null} where none does. */
    private String quoted() {
        char quote = text.charAt(at);
        int start = at + 1;
        for (int end = text.indexOf(quote, start); end >= 0; end = text.indexOf(quote, end + 1)) {
            at = end + 1;
            skipBlanks();
            if (atEnd() || text.charAt(at) == ',') {
                return text.substring(start, end);
            }
        }
        return null;
    }

    /** Up to a comma, a # or the end; {@code null} where nothing stands before a comma. */
    private String unquoted() {
        int start = at;
        while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != '#') {
            at++;
        }
        return at == start ? null : text.substring(start, at).strip();
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private boolean atEnd() {
        return at >= text.length() || text.charAt(at) == '#';
    }

    private static boolean isQuote(char character) {
        return character == '"' || character == '\'';
    }
}
