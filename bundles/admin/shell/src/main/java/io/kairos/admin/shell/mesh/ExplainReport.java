package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Fields;
import io.kairos.admin.shell.Table;
import io.kairos.admin.shell.Units;
import io.kairos.api.identity.KnownDestination;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.routing.PathCandidate;
import io.kairos.api.routing.PathCandidate.Responsiveness;
import io.kairos.api.routing.PathTable.Explanation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What {@code mesh:explain} tells: the path in use, why, what else there is, and what would change the choice. */
public final class ExplainReport {

    private final Explanation explanation;
    private final Optional<KnownDestination> known;
    private final long nowMillis;

    public ExplainReport(Explanation explanation, Optional<KnownDestination> known, long nowMillis) {
        this.explanation = explanation;
        this.known = known;
        this.nowMillis = nowMillis;
    }

    public String text() {
        PathCandidate path = explanation.inUse();
        StringBuilder out = new StringBuilder();
        line(out, "Destination", explanation.destination().toHex());
        known.ifPresent(heard -> line(
                out,
                "Identity",
                heard.identity().hash().toHex() + ", announced " + Units.age(nowMillis, heard.heardMillis()) + " ago"
                        + (heard.ratchet().isPresent() ? ", with rotating keys" : "")));
        line(out, "In use", way(path));
        line(out, "Because", explanation.reason() + " (strategy " + explanation.strategy() + ")");
        line(out, "Evidence", evidence(path));
        out.append('\n');
        if (explanation.others().isEmpty()) {
            out.append("No other path is known.\n");
        } else {
            out.append("Other paths, best first:\n").append(others().indent(2));
        }
        out.append("\nWhat would change it:\n");
        changes().forEach(change -> out.append("  - ").append(change).append('\n'));
        return out.toString();
    }

    public Map<String, Object> json() {
        return new Fields()
                .put("destination", explanation.destination().toHex())
                .put("identity", known.map(heard -> heard.identity().hash().toHex()))
                .put("strategy", explanation.strategy())
                .put("reason", explanation.reason())
                .put("in_use", PathReport.json(explanation.inUse()).toMap())
                .put(
                        "others",
                        explanation.others().stream()
                                .map(other -> PathReport.json(other).toMap())
                                .toList())
                .put("would_change", changes())
                .toMap();
    }

    private String way(PathCandidate path) {
        return "%s over %s%s%s"
                .formatted(
                        Units.count(path.hops(), "hop"),
                        path.interfaceName(),
                        path.interfaceUp() ? "" : " (down)",
                        isDirect(path)
                                ? ", heard directly"
                                : ", next " + path.nextHop().toHex());
    }

    private boolean isDirect(PathCandidate path) {
        DestinationHash next = path.nextHop();
        return next.equals(explanation.destination());
    }

    private String evidence(PathCandidate path) {
        List<String> parts = new ArrayList<>();
        parts.add("heard " + Units.age(nowMillis, path.heardMillis()) + " ago");
        parts.add(path.usedMillis() == 0 ? "never used" : "used " + Units.age(nowMillis, path.usedMillis()) + " ago");
        parts.add(path.responsiveness().name().toLowerCase(Locale.ROOT));
        parts.add("round trip " + roundTrip(path));
        parts.add("loss " + loss(path));
        parts.add(Units.bitRate(path.bitsPerSecond()));
        parts.add(path.mode().word() + " mode");
        if (path.gravity() != 0) {
            parts.add("gravity " + path.gravity());
        }
        if (path.costPerMegabyte() > 0) {
            parts.add("cost %s per MB".formatted(path.costPerMegabyte()));
        }
        return String.join(", ", parts);
    }

    private String others() {
        Table table = new Table()
                .right("Hops")
                .left("Next hop")
                .left("Interface")
                .right("Bit rate")
                .right("Heard ago")
                .left("Last use")
                .right("Round trip")
                .right("Loss");
        for (PathCandidate other : explanation.others()) {
            table.row(
                    other.hops(),
                    isDirect(other) ? "direct" : other.nextHop().toHex(),
                    other.interfaceName() + (other.interfaceUp() ? "" : " (down)"),
                    Units.bitRate(other.bitsPerSecond()),
                    Units.age(nowMillis, other.heardMillis()),
                    other.responsiveness().name().toLowerCase(Locale.ROOT),
                    roundTrip(other),
                    loss(other));
        }
        return table.toText();
    }

    /** Only what the contract of paths promises, whatever the strategy. */
    private List<String> changes() {
        PathCandidate path = explanation.inUse();
        List<String> changes = new ArrayList<>();
        changes.add(
                path.expiresMillis() > nowMillis
                        ? "in %s (%s) it expires; then a newer announce may replace it even over more hops"
                                .formatted(
                                        Units.until(nowMillis, path.expiresMillis()), Units.iso(path.expiresMillis()))
                        : "it has expired: the next announce may replace it even over more hops");
        if (path.responsiveness() == Responsiveness.UNRESPONSIVE) {
            changes.add("it did not answer when it was last used: the same announce may be taken over another way");
        }
        Optional<PathCandidate> next =
                explanation.others().stream().filter(PathCandidate::interfaceUp).findFirst();
        changes.add("if %s goes down, %s"
                .formatted(
                        path.interfaceName(),
                        next.map(other -> "the next in line is " + way(other)).orElse("no other path is left")));
        changes.add("mesh:path -d %s forgets it and lets the network answer anew"
                .formatted(explanation.destination().toHex()));
        return changes;
    }

    private static String roundTrip(PathCandidate path) {
        return path.roundTripMillis().isPresent()
                ? Units.shortTime(
                        Duration.ofNanos((long) (path.roundTripMillis().getAsDouble() * 1e6)))
                : "unmeasured";
    }

    private static String loss(PathCandidate path) {
        return path.lossShare().isPresent() ? Math.round(path.lossShare().getAsDouble() * 100) + " %" : "unmeasured";
    }

    private static void line(StringBuilder out, String label, String text) {
        out.append("%-12s %s%n".formatted(label, text));
    }
}
