package io.kairos.admin.shell;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;

/** Runs a command as if an operator had typed it. */
public final class Typed {

    private final NodeCommand command;

    private Typed(NodeCommand command) {
        this.command = command;
    }

    public static Typed command(NodeCommand command) {
        return new Typed(command);
    }

    /** Sets an option or argument by the name of its field. */
    public Typed with(String field, Object value) {
        try {
            Field declared = command.getClass().getDeclaredField(field);
            declared.setAccessible(true);
            declared.set(command, value);
            return this;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** What it printed. */
    public String run(Services services) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            command.run(services, out);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
