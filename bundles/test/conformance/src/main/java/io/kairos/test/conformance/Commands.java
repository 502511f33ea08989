package io.kairos.test.conformance;

import java.util.Map;
import java.util.TreeMap;

/** All commands by name. Each family adds its own. */
final class Commands {

    /** A group of commands that belong together. */
    interface Family {

        void addTo(Commands commands);
    }

    private final Map<String, Command> byName = new TreeMap<>();

    /** With all families. */
    static Commands all(Nodes nodes) {
        Commands commands = new Commands();
        Families.of(nodes).forEach(family -> family.addTo(commands));
        return commands;
    }

    Commands add(String name, Command command) {
        if (byName.putIfAbsent(name, command) != null) {
            throw new IllegalStateException("two commands are called " + name);
        }
        return this;
    }

    /** A command that cannot be answered, because only another implementation has what it asks for. */
    Commands notSupported(String name, String reason) {
        return add(name, parameters -> {
            throw new NotSupported(reason);
        });
    }

    Map<String, Object> run(String name, Parameters parameters) throws Exception {
        Command command = byName.get(name);
        if (command == null) {
            throw new NotSupported("unknown command " + name);
        }
        return command.run(parameters);
    }

    Iterable<String> names() {
        return byName.keySet();
    }
}
