package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Json;
import io.kairos.admin.shell.NodeCommand;
import io.kairos.admin.shell.Services;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Runs every health check. */
@Service
@Command(
        scope = "mesh",
        name = "doctor",
        description = "Examines the node and says what is wrong and what to do",
        detailedDescription =
                "Runs every health check that is installed, lists settings that were refused, and checks that the"
                        + " parts of the node are there. It changes nothing. The last line sums up.")
public final class DoctorCommand extends NodeCommand {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Option(name = "-j", aliases = "--json", description = "Print JSON for scripts; the keys are stable")
    private boolean json;

    @Override
    protected Optional<String> usualNetwork() {
        return Optional.empty();
    }

    @Override
    protected void run(Services services, PrintStream out) throws InterruptedException {
        DoctorReport report = new DoctorReport(new Examination(services, PATIENCE).findings());
        if (json) {
            out.println(Json.write(report.json()));
        } else {
            out.print(report.text());
        }
    }
}
