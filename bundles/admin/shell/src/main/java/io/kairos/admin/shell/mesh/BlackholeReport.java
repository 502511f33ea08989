package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Fields;
import io.kairos.admin.shell.Table;
import io.kairos.admin.shell.Units;
import io.kairos.api.identity.Blackholed;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What {@code mesh:blackhole list} tells of identities that are refused. */
public final class BlackholeReport {

    static final String NONE = """
        No identity is refused.
          \u2192 mesh:blackhole add <identity> refuses the announces of one and forgets its paths.
        """;

    private final long nowMillis;

    public BlackholeReport(long nowMillis) {
        this.nowMillis = nowMillis;
    }

    public String text(List<Blackholed> entries) {
        if (entries.isEmpty()) {
            return NONE;
        }
        Table table =
                new Table().left("Identity").left("Until").left("Listed by").left("Reason");
        for (Blackholed entry : sorted(entries)) {
            table.row(
                    entry.identity().toHex(),
                    entry.untilMillis()
                            .map(until -> "in " + Units.until(nowMillis, until))
                            .orElse("for good"),
                    entry.source().toHex(),
                    entry.reason().orElse("-"));
        }
        return table.toText();
    }

    public static List<Map<String, Object>> json(List<Blackholed> entries) {
        return sorted(entries).stream()
                .map(entry -> new Fields()
                        .put("identity", entry.identity().toHex())
                        .put("source", entry.source().toHex())
                        .put("until", entry.untilMillis().map(Units::iso))
                        .put("reason", entry.reason())
                        .toMap())
                .toList();
    }

    private static List<Blackholed> sorted(List<Blackholed> entries) {
        return entries.stream()
                .sorted(Comparator.comparing(Blackholed::identity))
                .toList();
    }
}
