package io.kairos.admin.shell.iface;

import io.kairos.admin.shell.Arguments;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.RadioScanner.Found;
import io.kairos.api.transport.RadioScanner.Plan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which radio is brought up and how; asks instead of guessing. */
final class RadioChoice {

    private RadioChoice() {}

    /** Those that an interface could use. */
    static List<Found> usable(List<Found> found) {
        return found.stream().filter(each -> each.kind().isPresent()).toList();
    }

    /**
     * The only radio that can be used.
     *
     * @throws MeshException that says why there is none, or how to choose
     */
    static Found one(List<Found> found) {
        List<Found> usable = usable(found);
        if (usable.size() == 1) {
            return usable.get(0);
        }
        if (usable.isEmpty()) {
            throw none(found);
        }
        throw Arguments.wrong(
                "There are %d radios.".formatted(usable.size()),
                "Add --port with one of: " + usable.stream().map(Found::port).collect(Collectors.joining(", ")) + ".");
    }

    private static MeshException none(List<Found> found) {
        if (found.size() != 1) {
            return Arguments.wrong(
                    "No RNode was found.",
                    found.isEmpty()
                            ? "Plug it in; some cables carry power alone. A port that is not listed is asked with --port."
                            : "iface:rnode-scan tells what is at the ports of this machine.");
        }
        Found only = found.get(0);
        return only.failure()
                .map(why -> new MeshException(why.kind(), "%s: %s".formatted(only.port(), why.message()), why.remedy()))
                .orElseGet(() -> new MeshException(
                        Failure.Kind.HARDWARE,
                        "%s: nothing answers as an RNode.".formatted(only.port()),
                        "Choose another port, or install RNode firmware: rnodeconf --autoinstall writes it."));
    }

    /**
     * Asks for what the operator has not said and nobody may guess.
     *
     * @throws MeshException that lists the regions or the profiles
     */
    static void requirePlan(List<Plan> plans, Optional<String> region, String profile) {
        if (region.isEmpty()) {
            throw Arguments.wrong("Where does the radio stand?", "Add --region with one of: " + regions(plans) + ".");
        }
        List<Plan> there = plans.stream()
                .filter(plan -> plan.region().equals(region.get()))
                .toList();
        if (there.isEmpty()) {
            throw Arguments.wrong(
                    "No region '%s' is known.".formatted(region.get()),
                    "There is: %s. Whoever has a licence of their own uses iface:add rnode with region=none."
                            .formatted(regions(plans)));
        }
        if (there.stream().noneMatch(plan -> plan.profile().equals(profile))) {
            throw Arguments.wrong(
                    "No profile '%s' is known.".formatted(profile),
                    "There is: "
                            + there.stream().map(Plan::profile).collect(Collectors.joining(", "))
                            + "; iface:rnode-profiles tells what they mean.");
        }
    }

    /** Each region with its title. */
    static String regions(List<Plan> plans) {
        return plans.stream()
                .map(plan -> "%s (%s)".formatted(plan.region(), plan.title()))
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
