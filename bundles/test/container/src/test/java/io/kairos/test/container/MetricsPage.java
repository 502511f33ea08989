package io.kairos.test.container;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page of numbers as somebody reads it who watches the node, and docs/reference/metrics.md, which is made from it. */
final class MetricsPage {

    private static final Path TARGET = Path.of(System.getProperty("kairos.target"));
    private static final Path DOCUMENT =
            TARGET.resolve("../../../../docs/reference/metrics.md").normalize();
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
    private static final Pattern HELP = Pattern.compile("# HELP (\\S+) (.*)");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");
    private static final String HEAD = """
            # Metrics

            What a node offers at `/metrics` with the feature `kairos-admin-metrics`, and what `mesh:metrics` shows. Made from the page of a node with all
            features. Beside these there is `kairos_interface_<reading>_<unit>` for everything that the device of an interface measures or tells, with
            the labels of the other numbers of interfaces, and whatever plugins offer.

            Refresh this page: `./kairos test`, then `cp bundles/test/container/target/metrics.md docs/reference/`.

            | Name | Kind | Labels | Meaning |
            |---|---|---|---|
            """;

    private MetricsPage() {}

    /** Reads it once it is there and has what {@code awaited} says. */
    static String read(String awaited) throws IOException, InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            try (InputStream in =
                    URI.create("http://127.0.0.1:9484/metrics").toURL().openStream()) {
                String page = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                if (page.contains(awaited) || System.nanoTime() > end) {
                    return page;
                }
            } catch (ConnectException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
            }
            Thread.sleep(100); // its parts come one after the other
        }
    }

    /** Every number on the page stands in the document, as the page tells it. */
    static void compareWithDocument(String page) throws IOException {
        Map<String, String> rows = rows(page);
        Files.writeString(TARGET.resolve("metrics.md"), HEAD + String.join("", rows.values()));
        List<String> missing = new ArrayList<>(rows.values());
        missing.removeAll(
                Files.readString(DOCUMENT).lines().map(line -> line + '\n').toList());
        assertEquals("cp bundles/test/container/target/metrics.md docs/reference/", List.of(), missing);
    }

    private static Map<String, String> rows(String page) {
        Map<String, String> rows = new TreeMap<>();
        String kind = "";
        String help = "";
        for (String line : page.lines().toList()) {
            Matcher type = TYPE.matcher(line);
            Matcher helps = HELP.matcher(line);
            if (type.matches()) {
                kind = type.group(2);
            } else if (helps.matches()) {
                help = helps.group(2);
            } else if (!line.startsWith("#")) {
                String name = line.split("[{ ]", 2)[0];
                String labels = String.join(
                        ", ",
                        LABEL.matcher(line)
                                .results()
                                .map(label -> label.group(1))
                                .toList());
                rows.putIfAbsent(name, "| `%s` | %s | %s | %s |\n".formatted(name, kind, labels, help));
            }
        }
        return rows;
    }
}
