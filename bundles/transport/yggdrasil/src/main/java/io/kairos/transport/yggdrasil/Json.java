package io.kairos.transport.yggdrasil;

import io.kairos.api.failure.MalformedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON (RFC 8259) of at most {@link #MOST_CHARS} characters and {@link #MOST_DEPTH} levels: objects become maps, arrays
 * lists, texts {@link String}; numbers stay text, true, false and null become their words. Nothing else is needed here.
 */
final class Json {

    static final int MOST_CHARS = 65_536;

    private static final int MOST_DEPTH = 8;

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** @throws MalformedException for what is no JSON */
    static Object read(String text) {
        if (text.length() > MOST_CHARS) {
            throw new MalformedException("too long");
        }
        Json json = new Json(text);
        Object value = json.value(0);
        json.skip();
        if (json.at != text.length()) {
            throw new MalformedException("something follows");
        }
        return value;
    }

    private Object value(int depth) {
        if (depth > MOST_DEPTH) {
            throw new MalformedException("too deep");
        }
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            default -> word();
        };
    }

    private Map<String, Object> object(int depth) {
        Map<String, Object> members = new LinkedHashMap<>();
        expect('{');
        if (peek() == '}') {
            at++;
            return members;
        }
        while (true) {
            peek();
            String name = string();
            peek();
            expect(':');
            members.put(name, value(depth + 1));
            if (isLast('}')) {
                return members;
            }
        }
    }

    private List<Object> array(int depth) {
        List<Object> elements = new ArrayList<>();
        expect('[');
        if (peek() == ']') {
            at++;
            return elements;
        }
        while (true) {
            elements.add(value(depth + 1));
            if (isLast(']')) {
                return elements;
            }
        }
    }

    private boolean isLast(char end) {
        char next = peek();
        at++;
        if (next != end && next != ',') {
            throw new MalformedException("no comma");
        }
        return next == end;
    }

    private String string() {
        expect('"');
        StringBuilder read = new StringBuilder();
        while (true) {
            char c = next();
            if (c == '"') {
                return read.toString();
            }
            if (c < ' ') {
                throw new MalformedException("a control character");
            }
            read.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() {
        char c = next();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> (char) (hex() << 12 | hex() << 8 | hex() << 4 | hex());
            default -> throw new MalformedException("an unknown escape");
        };
    }

    private int hex() {
        int digit = Character.digit(next(), 16);
        if (digit < 0) {
            throw new MalformedException("no hexadecimal digit");
        }
        return digit;
    }

    /** A number or a word, as text. */
    private String word() {
        int from = at;
        while (at < text.length() && isOfWord(text.charAt(at))) {
            at++;
        }
        if (from == at) {
            throw new MalformedException("no value");
        }
        return text.substring(from, at);
    }

    private static boolean isOfWord(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c == '-' || c == '+' || c == '.' || c == 'E';
    }

    private void expect(char wanted) {
        if (next() != wanted) {
            throw new MalformedException("something else than " + wanted);
        }
    }

    private char next() {
        if (at >= text.length()) {
            throw new MalformedException("cut short");
        }
        return text.charAt(at++);
    }

    private char peek() {
        skip();
        if (at >= text.length()) {
            throw new MalformedException("cut short");
        }
        return text.charAt(at);
    }

    private void skip() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }
}
