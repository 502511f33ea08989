package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Fields;
import io.kairos.admin.shell.Table;
import io.kairos.admin.shell.Units;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.InterfaceMode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What another node has answered about itself. Its texts are made printable, its numbers are taken as they come. */
final class RemoteReport {

    private RemoteReport() {}

    /** For people: the answer to {@code /status}. */
    static String status(Object answer) {
        Map<?, ?> node = node(answer);
        StringBuilder out = new StringBuilder();
        for (Object each : node.get("interfaces") instanceof List<?> list ? list : List.of()) {
            if (each instanceof Map<?, ?> view) {
                out.append(one(view)).append('\n');
            }
        }
        if (node.get("transport_id") instanceof byte[] id) {
            out.append("Transport id  ").append(HexFormat.of().formatHex(id)).append('\n');
        }
        if (node.get("probe_responder") instanceof byte[] probe) {
            out.append("Answers probes at ")
                    .append(HexFormat.of().formatHex(probe))
                    .append('\n');
        }
        if (node.get("transport_uptime") instanceof Number uptime) {
            out.append("Up for        ")
                    .append(Units.duration(Duration.ofSeconds(uptime.longValue())))
                    .append('\n');
        }
        if (answer instanceof List<?> list && list.size() > 1 && list.get(1) instanceof Long links) {
            out.append("Links passing through  ").append(Units.count(links)).append('\n');
        }
        return out.toString();
    }

    private static String one(Map<?, ?> view) {
        String mode = Stream.of(InterfaceMode.values())
                .filter(known -> number(view, "mode") == known.value())
                .map(InterfaceMode::word)
                .findFirst()
                .orElse("unknown");
        return "%s %s%n  %-11s %s mode, %s%n  %-11s %s%n  %-11s %s%n"
                .formatted(
                        Units.printable(String.valueOf(view.get("name"))),
                        Boolean.TRUE.equals(view.get("status")) ? "up" : "down",
                        "Medium",
                        mode,
                        Units.bitRate(number(view, "bitrate")),
                        "Received",
                        Units.bytes(number(view, "rxb")),
                        "Sent",
                        Units.bytes(number(view, "txb")));
    }

    private static Map<?, ?> node(Object answer) {
        if (answer instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Map<?, ?> node) {
            return node;
        }
        throw senseless();
    }

    /** For people: the answer to {@code /path} with {@code table}. */
    static String paths(Object answer) {
        Table table =
                new Table().left("Destination").right("Hops").left("Next hop").left("Interface");
        for (Map<?, ?> path : maps(answer)) {
            table.row(hash(path, "hash"), number(path, "hops"), hash(path, "via"), path.get("interface"));
        }
        return table.isEmpty() ? "The other node knows no such path.\n" : table.toText();
    }

    /** For people: the answer to {@code /path} with {@code rates}. */
    static String rates(Object answer) {
        Table table = new Table().left("Destination").right("Too early").right("Announces");
        for (Map<?, ?> rate : maps(answer)) {
            int heard = rate.get("timestamps") instanceof List<?> times ? times.size() : 0;
            table.row(hash(rate, "hash"), number(rate, "rate_violations"), heard);
        }
        return table.isEmpty() ? "The other node has no announce rates.\n" : table.toText();
    }

    /** For people: a published list of refused identities. */
    static String blackhole(Object answer) {
        if (!(answer instanceof Map<?, ?> map)) {
            throw senseless();
        }
        Table table = new Table().left("Identity").left("Listed by").left("Reason");
        map.forEach((key, value) -> {
            if (key instanceof ByteBuffer bytes && value instanceof Map<?, ?> details) {
                byte[] identity = new byte[bytes.remaining()];
                bytes.duplicate().get(identity);
                String reason = details.get("reason") instanceof String text ? text : "-";
                table.row(HexFormat.of().formatHex(identity), hash(details, "source"), reason);
            }
        });
        return table.isEmpty() ? "The other node refuses nobody.\n" : table.toText();
    }

    /** For scripts: bytes become hexadecimal digits, names stay as they came. */
    static Object json(Object value) {
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return HexFormat.of().formatHex(bytes);
        }
        if (value instanceof List<?> list) {
            List<Object> plain = new ArrayList<>();
            list.forEach(item -> plain.add(json(item)));
            return plain;
        }
        if (value instanceof Map<?, ?> map) {
            Fields fields = new Fields();
            new LinkedHashMap<>(map).forEach((key, item) -> fields.put(String.valueOf(json(key)), json(item)));
            return fields.toMap();
        }
        return value;
    }

    private static List<Map<?, ?>> maps(Object answer) {
        if (!(answer instanceof List<?> list)) {
            throw senseless();
        }
        List<Map<?, ?>> maps = new ArrayList<>();
        list.forEach(item -> {
            if (item instanceof Map<?, ?> map) {
                maps.add(map);
            }
        });
        return maps;
    }

    private static String hash(Map<?, ?> map, String key) {
        return map.get(key) instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : "-";
    }

    private static long number(Map<?, ?> map, String key) {
        return map.get(key) instanceof Number number ? number.longValue() : 0;
    }

    private static MeshException senseless() {
        return new MeshException(
                Failure.Kind.PEER, "The answer makes no sense.", "The other node may run a program of its own.");
    }
}
