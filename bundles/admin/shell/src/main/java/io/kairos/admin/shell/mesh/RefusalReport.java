package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Table;
import io.kairos.admin.shell.Units;
import java.util.Comparator;
import java.util.Map;

/** What {@code mesh:refusals} tells of packets that were refused or dropped. */
public final class RefusalReport {

    static final String NONE = "Nothing was refused or dropped since the start.\n";

    private RefusalReport() {}

    public static String text(Map<String, Long> refusals) {
        Table table = new Table().left("Reason").right("Packets");
        refusals.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> table.row(entry.getKey(), Units.count(entry.getValue())));
        return table.isEmpty() ? NONE : table.toText();
    }
}
