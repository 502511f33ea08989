package io.kairos.admin.shell.files;

import io.kairos.admin.shell.Arguments;
import io.kairos.admin.shell.LateOptions;
import io.kairos.admin.shell.NodeCommand;
import io.kairos.admin.shell.Services;
import io.kairos.api.files.RemoteCommands;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Runs a command elsewhere. */
@Service
@Command(
        scope = "node",
        name = "run",
        description = "Runs a command on another node",
        detailedDescription =
                "The other node must allow the identity shown. The command is one word: put it into quotes. No shell reads"
                        + " it there; sh -c '…' asks for one. The same as rnx, whose letters are understood.")
public class RunCommand extends NodeCommand {

    @Argument(index = 0, name = "destination", description = "Where the other node listens", required = true)
    private String destination;

    @Argument(index = 1, name = "command", description = "The program and its arguments, in quotes", required = true)
    private String command;

    @Argument(index = 2, name = LateOptions.NAME, description = LateOptions.DESCRIPTION, multiValued = true)
    private List<String> more;

    @Option(name = "-i", aliases = "--identity", description = "Name of the identity to show")
    private String identity = "rnx";

    @Option(name = "-N", aliases = "--noid", description = "Show no identity")
    private boolean anonymous;

    @Option(name = "-d", aliases = "--detailed", description = "Tell times and lengths, too")
    private boolean detailed;

    @Option(name = "-w", aliases = "--wait", description = "Seconds until the other end must have answered the link")
    private String wait = "15";

    @Option(name = "-W", aliases = "--timeout", description = "Seconds the command may take")
    private String timeout = "15";

    @Option(name = "--stdin", description = "Text for its standard input")
    private String input;

    @Option(name = "--stdout", description = "Most bytes of its output; 0 for none")
    private String output;

    @Option(name = "--stderr", description = "Most bytes of its errors; 0 for none")
    private String errors;

    @Override
    protected void run(Services services, PrintStream out) throws InterruptedException {
        RemoteCommands.Command asked = new RemoteCommands.Command(
                command,
                Optional.ofNullable(input).map(text -> text.getBytes(StandardCharsets.UTF_8)),
                Arguments.seconds("-W", timeout, 0, 86_400),
                limit("--stdout", output),
                limit("--stderr", errors),
                anonymous ? Optional.empty() : Optional.of(identity),
                Arguments.seconds("-w", wait, 1, 86_400));
        new RunWork(services, out).run(destination, asked, detailed);
    }

    private static OptionalInt limit(String option, String text) {
        return text == null ? OptionalInt.empty() : OptionalInt.of(Arguments.count(option, text, 0, Integer.MAX_VALUE));
    }
}
