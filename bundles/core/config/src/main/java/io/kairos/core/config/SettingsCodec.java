package io.kairos.core.config;

import io.kairos.api.failure.MalformedException;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Translates one value of a configuration between its Java type and a line of text, so that settings come back with the
 * types they had.
 *
 * <pre>
 *  value  TYPE ":" text                one value
 *         TYPE "[" ":" text US text …  an array or a list, which comes back as an array
 *  TYPE   S I L H Y B D F C            String Integer Long sHort bYte Boolean Double Float Character
 * </pre>
 *
 * US is the character 31; in texts it is written {@code \}u and a backslash {@code \}{@code \}.
 */
final class SettingsCodec {

    private static final String SEPARATOR = "\u001f";

    private SettingsCodec() {}

    static String encode(Object value) {
        List<Object> elements = new ArrayList<>();
        boolean isMany = true;
        if (value instanceof Collection<?> collection) {
            elements.addAll(collection);
        } else if (value.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(value); i++) {
                elements.add(Array.get(value, i));
            }
        } else {
            elements.add(value);
            isMany = false;
        }
        char type = elements.isEmpty() ? 'S' : type(elements.get(0));
        List<String> texts = elements.stream()
                .map(element -> String.valueOf(element).replace("\\", "\\\\").replace(SEPARATOR, "\\u"))
                .toList();
        // an empty list needs a mark of its own, since no text between separators is one empty text
        return type + (isMany ? elements.isEmpty() ? "0:" : "[:" : ":") + String.join(SEPARATOR, texts);
    }

    static Object decode(String line) {
        int colon = line.indexOf(':');
        if (colon < 1 || colon > 2) {
            throw new MalformedException("no type");
        }
        char type = line.charAt(0);
        String rest = line.substring(colon + 1);
        if (colon == 1) {
            return element(type, rest);
        }
        String[] texts = line.charAt(1) == '0' ? new String[0] : rest.split(SEPARATOR, -1);
        Object array = Array.newInstance(classOf(type), texts.length);
        for (int i = 0; i < texts.length; i++) {
            Array.set(array, i, element(type, texts[i]));
        }
        return array;
    }

    private static Object element(char type, String escaped) {
        String text = unescape(escaped);
        try {
            return switch (type) {
                case 'S' -> text;
                case 'I' -> Integer.valueOf(text);
                case 'L' -> Long.valueOf(text);
                case 'H' -> Short.valueOf(text);
                case 'Y' -> Byte.valueOf(text);
                case 'B' -> Boolean.valueOf(text);
                case 'D' -> Double.valueOf(text);
                case 'F' -> Float.valueOf(text);
                case 'C' -> text.charAt(0);
                default -> throw new MalformedException("unknown type " + type);
            };
        } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
            throw new MalformedException("not a value of its type");
        }
    }

    private static String unescape(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                out.append(text.charAt(i) == 'u' ? SEPARATOR : text.charAt(i));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static char type(Object value) {
        if (value instanceof Integer) {
            return 'I';
        }
        if (value instanceof Long) {
            return 'L';
        }
        if (value instanceof Short) {
            return 'H';
        }
        if (value instanceof Byte) {
            return 'Y';
        }
        if (value instanceof Boolean) {
            return 'B';
        }
        if (value instanceof Double) {
            return 'D';
        }
        if (value instanceof Float) {
            return 'F';
        }
        return value instanceof Character ? 'C' : 'S';
    }

    private static Class<?> classOf(char type) {
        return switch (type) {
            case 'S' -> String.class;
            case 'I' -> Integer.class;
            case 'L' -> Long.class;
            case 'H' -> Short.class;
            case 'Y' -> Byte.class;
            case 'B' -> Boolean.class;
            case 'D' -> Double.class;
            case 'F' -> Float.class;
            case 'C' -> Character.class;
            default -> throw new MalformedException("unknown type " + type);
        };
    }
}
