package io.kairos.admin.shell.iface;

import io.kairos.admin.shell.Arguments;
import io.kairos.admin.shell.Services;
import io.kairos.api.transport.RadioScanner;
import io.kairos.api.transport.RadioScanner.Plan;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows how radios may be tuned. */
@Service
@Command(
        scope = "iface",
        name = "rnode-profiles",
        description = "Shows regions and profiles of LoRa radios: speed, power, time on air",
        detailedDescription =
                "Each region is the law of a part of the world; each profile a way to tune a radio there, from far and slow"
                        + " to near and fast. All stations that shall hear each other have the same profile. The last two"
                        + " columns tell how long a packet of 500 bytes is on air and how many an hour allows.")
public final class RnodeProfilesCommand extends InterfaceCommand {

    @Argument(name = "region", description = "A region, for example eu868; without it all")
    private String region;

    @Override
    protected void run(Services services, PrintStream out) {
        List<Plan> plans = RnodeScanCommand.scanner(services).stream()
                .map(RadioScanner::plans)
                .flatMap(List::stream)
                .toList();
        String text = RadioReport.plans(plans, Optional.ofNullable(region));
        if (text.isEmpty()) {
            throw Arguments.wrong(
                    "There is no region '%s'.".formatted(region),
                    "There is: "
                            + String.join(
                                    ", ",
                                    plans.stream().map(Plan::region).distinct().toList()) + ".");
        }
        out.print(text);
    }
}
