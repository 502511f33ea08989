package io.kairos.admin.shell.iface;

import io.kairos.admin.shell.Table;
import io.kairos.api.transport.RadioScanner.Found;
import io.kairos.api.transport.RadioScanner.Plan;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What was found at the ports of this machine, and how radios may be tuned, for people. */
final class RadioReport {

    private RadioReport() {}

    /**
     * Each port with what is there and, for a radio, the command that brings it up.
     *
     * @param isNamed whether the operator has named the ports
     */
    static String found(List<Found> all, List<Plan> plans, boolean isNamed) {
        if (all.isEmpty()) {
            return "The operating system lists no serial port. Plug the radio in and try again; some cables carry power"
                    + " alone.\nOther ports are asked with --port, for example --port tcp://10.0.0.1.\n";
        }
        StringBuilder out = new StringBuilder(table(all));
        List<Found> usable = RadioChoice.usable(all);
        if (usable.isEmpty()) {
            return out.append(
                            "\nNo RNode is free here. A radio needs RNode firmware; rnodeconf --autoinstall writes it.\n")
                    .toString();
        }
        String port =
                usable.size() == 1 && !isNamed ? "" : " --port " + usable.get(0).port();
        return out.append("\nBring it up:  iface:rnode-scan --add lora --profile balanced --region REGION")
                .append(port)
                .append("\nRegions:  ")
                .append(RadioChoice.regions(plans))
                .append("\nMore about them:  iface:rnode-profiles\n")
                .toString();
    }

    /** Each port with what is there. */
    static String table(List<Found> all) {
        Table table = new Table().left("port").left("what").left("radio").left("firmware");
        for (Found found : all) {
            table.row(found.port(), found.about(), model(found), found.firmware());
            found.radios().forEach(radio -> table.note("  radio " + radio));
            found.failure().ifPresent(why -> table.note("  " + why.message() + ". " + why.remedy()));
        }
        return table.toText();
    }

    /** One line about how a radio is tuned. */
    static String tuned(List<Plan> plans, String region, String profile) {
        return plans.stream()
                .filter(plan -> plan.region().equals(region) && plan.profile().equals(profile))
                .findFirst()
                .map(plan -> String.format(
                        Locale.ROOT,
                        "%s, %s: %.3f MHz, %.1f kHz, SF %d, CR %d%s.%n",
                        plan.title(),
                        plan.profile(),
                        plan.frequencyHz() / 1e6,
                        plan.bandwidthHz() / 1e3,
                        plan.spreadingFactor(),
                        plan.codingRate(),
                        plan.airtimeShare() < 1
                                ? String.format(
                                        Locale.ROOT, ", at most %.1f %% of each hour on air", plan.airtimeShare() * 100)
                                : ""))
                .orElse("");
    }

    private static String model(Found found) {
        return found.model().isEmpty() ? "-" : found.model();
    }

    /** The plans of one region, or of all. */
    static String plans(List<Plan> plans, Optional<String> region) {
        StringBuilder out = new StringBuilder();
        Table table = table();
        Plan last = null;
        for (Plan plan : plans) {
            if (region.isPresent() && !plan.region().equals(region.get())) {
                continue;
            }
            if (last != null && !last.region().equals(plan.region())) {
                out.append(heading(last)).append(table.toText()).append('\n');
                table = table();
            }
            table.row(
                    plan.profile(),
                    String.format(Locale.ROOT, "%.3f", plan.frequencyHz() / 1e6),
                    String.format(Locale.ROOT, "%.1f", plan.bandwidthHz() / 1e3),
                    plan.spreadingFactor(),
                    plan.codingRate(),
                    plan.powerDbm(),
                    plan.airtimeShare() < 1 ? String.format(Locale.ROOT, "%.1f", plan.airtimeShare() * 100) : "-",
                    plan.bitsPerSecond(),
                    String.format(Locale.ROOT, "%.2f", plan.airtime().toMillis() / 1e3),
                    perHour(plan));
            last = plan;
        }
        return last == null
                ? ""
                : out.append(heading(last)).append(table.toText()).toString();
    }

    private static String perHour(Plan plan) {
        double packets =
                3.6e12 * plan.airtimeShare() / Math.max(1, plan.airtime().toNanos());
        return Long.toString((long) packets);
    }

    private static String heading(Plan plan) {
        return "%s (%s)%n%s%n".formatted(plan.region(), plan.title(), plan.source());
    }

    private static Table table() {
        return new Table()
                .left("profile")
                .right("MHz")
                .right("kHz")
                .right("SF")
                .right("CR")
                .right("dBm")
                .right("duty %")
                .right("bit/s")
                .right("500 bytes, s")
                .right("such an hour");
    }
}
