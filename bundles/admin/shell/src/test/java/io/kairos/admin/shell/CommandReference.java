package io.kairos.admin.shell;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;

/** Writes the reference of commands from their annotations. */
final class CommandReference {

    private static final String HEAD = """
        # Commands

        What the console understands beside the commands of Karaf. `<command> --help` says the same on the node; the tab key
        completes names, hashes and settings. Every list has `-j` for scripts, whose keys never change their meaning. A
        command that fails says what to do after an arrow (→) and ends with a status that scripts can see.

        This page is written by `CommandReferenceTest` in `bundles/admin/shell`, which fails when it is out of date.
        """;

    private CommandReference() {}

    /** All commands below a folder of classes, by scope and name. */
    static List<Class<?>> commands(Path classes) throws IOException {
        List<Class<?>> commands = new ArrayList<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(each -> each.toString().endsWith("Command.class"))
                    .toList()) {
                String name =
                        classes.relativize(file).toString().replace('/', '.').replace('\\', '.');
                Class<?> type = load(name.substring(0, name.length() - ".class".length()));
                if (type.isAnnotationPresent(Command.class)) {
                    commands.add(type);
                }
            }
        }
        commands.sort(Comparator.comparing(CommandReference::title));
        return commands;
    }

    static String of(List<Class<?>> commands) {
        StringBuilder out = new StringBuilder(HEAD);
        String scope = "";
        for (Class<?> command : commands) {
            Command described = command.getAnnotation(Command.class);
            if (!described.scope().equals(scope)) {
                scope = described.scope();
                out.append("\n## ")
                        .append(scope.equals("*") ? "Names known from Reticulum" : scope)
                        .append('\n');
            }
            append(out, command, described);
        }
        return out.toString();
    }

    /** Whether something has no help text. */
    static boolean hasGap(Class<?> command) {
        return command.getAnnotation(Command.class).description().isBlank()
                || arguments(command).stream()
                        .anyMatch(field -> field.getAnnotation(Argument.class)
                                .description()
                                .isBlank())
                || options(command).stream()
                        .anyMatch(field ->
                                field.getAnnotation(Option.class).description().isBlank());
    }

    private static void append(StringBuilder out, Class<?> command, Command described) {
        out.append("\n### ").append(title(command)).append("\n\n");
        out.append(described.description()).append(".\n");
        if (!described.detailedDescription().isBlank()) {
            out.append('\n').append(described.detailedDescription()).append('\n');
        }
        out.append("\n    ").append(title(command));
        for (Field field : arguments(command)) {
            Argument argument = field.getAnnotation(Argument.class);
            String word = argument.name().equals(LateOptions.NAME)
                    ? LateOptions.NAME
                    : "<" + argument.name() + ">" + (argument.multiValued() ? " ..." : "");
            out.append(' ').append(argument.required() ? word : "[" + word + "]");
        }
        out.append("\n\n| | Default | Meaning |\n|---|---|---|\n");
        for (Field field : arguments(command)) {
            Argument argument = field.getAnnotation(Argument.class);
            if (argument.name().equals(LateOptions.NAME)) {
                continue;
            }
            row(out, "<" + argument.name() + ">", otherwise(command, field), argument.description());
        }
        for (Field field : options(command)) {
            Option option = field.getAnnotation(Option.class);
            String names =
                    option.name() + (option.aliases().length == 0 ? "" : ", " + String.join(", ", option.aliases()));
            row(out, names, otherwise(command, field), option.description());
        }
    }

    private static void row(StringBuilder out, String what, String otherwise, String meaning) {
        out.append("| `%s` | %s | %s |%n".formatted(what, otherwise, meaning.replace("|", "\\|")));
    }

    private static String otherwise(Class<?> command, Field field) {
        try {
            Constructor<?> constructor = command.getDeclaredConstructor();
            field.setAccessible(true);
            Object value = field.get(constructor.newInstance());
            return value == null || value instanceof Boolean ? "" : "`" + value + "`";
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Field> arguments(Class<?> command) {
        return fields(command)
                .filter(field -> field.isAnnotationPresent(Argument.class))
                .sorted(Comparator.comparingInt(
                        field -> field.getAnnotation(Argument.class).index()))
                .toList();
    }

    private static List<Field> options(Class<?> command) {
        return fields(command)
                .filter(field -> field.isAnnotationPresent(Option.class))
                .sorted(Comparator.comparing(
                        field -> field.getAnnotation(Option.class).name().replace("-", "")))
                .toList();
    }

    private static Stream<Field> fields(Class<?> command) {
        return command == null
                ? Stream.empty()
                : Stream.concat(Arrays.stream(command.getDeclaredFields()), fields(command.getSuperclass()));
    }

    private static String title(Class<?> command) {
        Command described = command.getAnnotation(Command.class);
        return described.scope().equals("*") ? described.name() : described.scope() + ":" + described.name();
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, CommandReference.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
