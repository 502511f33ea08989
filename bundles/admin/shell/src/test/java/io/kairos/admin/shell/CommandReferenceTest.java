package io.kairos.admin.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Keeps docs/reference/commands.md equal to what the commands say of themselves. To write it anew:
 * {@code mvn test -pl bundles/admin/shell -Dtest=CommandReferenceTest -Dcommands.write=true}.
 */
class CommandReferenceTest {

    private static final Path DOCUMENT = Path.of("../../../docs/reference/commands.md");

    @Test
    void theDocumentSaysWhatTheCommandsSay() throws Exception {
        String text = CommandReference.of(commands());
        if (Boolean.getBoolean("commands.write")) {
            Files.createDirectories(DOCUMENT.getParent());
            Files.writeString(DOCUMENT, text);
        }

        assertEquals(text, Files.readString(DOCUMENT), "write it anew with -Dcommands.write=true");
    }

    @Test
    void everyCommandEveryArgumentAndEveryOptionHasAHelpText() throws Exception {
        List<Class<?>> commands = commands();

        assertTrue(commands.size() >= 20, "commands were found: " + commands.size());
        for (Class<?> command : commands) {
            assertFalse(CommandReference.hasGap(command), command.getName());
        }
    }

    private static List<Class<?>> commands() throws IOException, URISyntaxException {
        Path classes = Path.of(NodeCommand.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return CommandReference.commands(classes);
    }
}
