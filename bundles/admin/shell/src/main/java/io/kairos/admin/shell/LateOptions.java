package io.kairos.admin.shell;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Option;

/**
 * Lets options follow arguments, as people write them: {@code identity:export node -f file}. The console takes everything
 * behind the first argument for arguments; a command that ends in an argument named {@link #NAME} collects it there, and
 * before it runs the options among its arguments are put where they belong.
 */
public final class LateOptions {

    /** Name of the last argument of a command that has arguments and options. */
    public static final String NAME = "options";

    /** Help text of that argument. */
    public static final String DESCRIPTION = "Options may also follow";

    private final Object command;
    private final List<Field> slots;
    private final List<Field> options;

    private LateOptions(Object command) {
        this.command = command;
        this.slots = fields(command.getClass())
                .filter(field -> field.isAnnotationPresent(Argument.class))
                .sorted(Comparator.comparingInt(
                        field -> field.getAnnotation(Argument.class).index()))
                .toList();
        this.options = fields(command.getClass())
                .filter(field -> field.isAnnotationPresent(Option.class))
                .toList();
        Stream.concat(slots.stream(), options.stream()).forEach(field -> field.setAccessible(true));
    }

    /** Sorts the words of a command that was filled by the console. */
    static void sort(Object command) {
        LateOptions late = new LateOptions(command);
        if (!late.slots.isEmpty()
                && late.last().getAnnotation(Argument.class).name().equals(NAME)) {
            late.sort();
        }
    }

    private Field last() {
        return slots.get(slots.size() - 1);
    }

    private void sort() {
        List<String> words = words();
        int first = 0;
        while (first < words.size() && !words.get(first).startsWith("-")) {
            first++;
        }
        if (first == words.size() && get(last()) == null) {
            return;
        }
        List<String> arguments = new ArrayList<>(words.subList(0, first));
        for (Iterator<String> rest = words.listIterator(first); rest.hasNext(); ) {
            String word = rest.next();
            if (word.startsWith("-")) {
                take(word, rest);
            } else {
                arguments.add(word);
            }
        }
        fill(arguments, first);
    }

    /** All arguments in their order; the console fills one after the other, so gaps are only at the end. */
    private List<String> words() {
        List<String> words = new ArrayList<>();
        for (Field slot : slots.subList(0, slots.size() - 1)) {
            if (get(slot) != null) {
                words.add(get(slot).toString());
            }
        }
        if (get(last()) instanceof List<?> more) {
            more.forEach(word -> words.add(String.valueOf(word)));
        }
        return words;
    }

    private void take(String word, Iterator<String> rest) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        Field option = options.stream()
                .filter(field -> isNamed(field.getAnnotation(Option.class), name))
                .findFirst()
                .orElseThrow(() -> Arguments.wrong(
                        "There is no option %s.".formatted(name), "The same command with --help lists its options."));
        if (equals >= 0) {
            set(
                    option,
                    option.getType() == boolean.class
                            ? (Object) word.endsWith("=true")
                            : value(option, word.substring(equals + 1)));
        } else if (option.getType() == boolean.class) {
            set(option, true);
        } else if (rest.hasNext()) {
            set(option, value(option, rest.next()));
        } else {
            throw Arguments.wrong("%s has no value.".formatted(name), "Write it behind: %s <value>.".formatted(name));
        }
    }

    /** An option that may be given several times collects its values. */
    private Object value(Field option, String text) {
        if (!List.class.isAssignableFrom(option.getType())) {
            return text;
        }
        List<Object> all = new ArrayList<>();
        if (get(option) instanceof List<?> before) {
            all.addAll(before);
        }
        all.add(text);
        return all;
    }

    private static boolean isNamed(Option option, String name) {
        return option.name().equals(name) || Arrays.asList(option.aliases()).contains(name);
    }

    /** @param kept how many arguments stand where they belong already */
    private void fill(List<String> arguments, int kept) {
        int room = slots.size() - 1;
        if (arguments.size() > room) {
            throw Arguments.wrong(
                    "'%s' is one word too many.".formatted(arguments.get(room)),
                    "Put texts with spaces into quotes; the same command with --help tells what it expects.");
        }
        for (int i = kept; i < room; i++) {
            set(slots.get(i), i < arguments.size() ? arguments.get(i) : null);
        }
    }

    private Object get(Field field) {
        try {
            return field.get(command);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("it was made accessible", e);
        }
    }

    private void set(Field field, Object value) {
        try {
            field.set(command, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("it was made accessible", e);
        }
    }

    private static Stream<Field> fields(Class<?> type) {
        return type == null
                ? Stream.empty()
                : Stream.concat(Arrays.stream(type.getDeclaredFields()), fields(type.getSuperclass()));
    }
}
