package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Fields;
import io.kairos.admin.shell.Table;
import io.kairos.admin.shell.Units;
import io.kairos.api.routing.Router.AnnounceView;
import java.util.List;
import java.util.Map;

/** What {@code mesh:announces} tells. */
public final class AnnounceReport {

    static final String NONE = """
        No announce has been heard yet.
          \u2192 mesh:status shows whether an interface is up; on a quiet mesh it can take hours until somebody announces.
        """;

    private final long nowMillis;

    public AnnounceReport(long nowMillis) {
        this.nowMillis = nowMillis;
    }

    public String text(List<AnnounceView> announces) {
        if (announces.isEmpty()) {
            return NONE;
        }
        Table table = new Table()
                .right("Ago")
                .left("Destination")
                .right("Hops")
                .left("Interface")
                .left("What")
                .left("Path");
        for (AnnounceView heard : announces) {
            table.row(
                    Units.age(nowMillis, heard.heardMillis()),
                    heard.destination().toHex(),
                    heard.hops(),
                    heard.interfaceName(),
                    heard.pathResponse() ? "answer" : "announce",
                    heard.accepted() ? "used" : "kept as before");
        }
        return table.toText();
    }

    public List<Map<String, Object>> json(List<AnnounceView> announces) {
        return announces.stream()
                .map(heard -> new Fields()
                        .put("heard", Units.iso(heard.heardMillis()))
                        .put("destination", heard.destination().toHex())
                        .put("hops", heard.hops())
                        .put("interface", heard.interfaceName())
                        .put("path_response", heard.pathResponse())
                        .put("accepted", heard.accepted())
                        .toMap())
                .toList();
    }
}
