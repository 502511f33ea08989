package io.kairos.test.container;

import io.kairos.test.container.Neighbours.Count;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** One row for each replacement, as a page for people. */
final class SwapReport {

    private static final String HEAD = """
            # Hot swap, bundle by bundle

            Written by `EveryBundleIT` ([container tests](../../bundles/test/container/README.md)): each bundle of the
            distribution is replaced on a running node by the same classes under a higher version, while

            * a neighbour on UDP and one on TCP each ask the node twenty times a second over a link, one packet there and
              one back, which nobody repeats;
            * the neighbour on UDP asks the one on TCP in the same way, through the node (transit);
            * and sends it resources of 400 kB through the node, one after the other.

            Both neighbours are processes of their own, and everything is counted there. *Gap* is the longest silence
            between two answers; without a replacement it is 50 to 100 ms. *Back* is the time until every bundle ran
            and offered what it had before. Times depend on the machine (this run: %d processors, Java %s); packets, links
            and restarts do not, and the test fails where a row breaks what [the architecture](../architecture.md) promises.

            | Bundle | UDP sent/lost | gap ms | TCP sent/lost | gap ms | Transit sent/lost | gap ms | Links lost own/transit | Resources arrived | Same TCP connection | Restarted with it | Back ms |
            |---|---|---|---|---|---|---|---|---|---|---|---|
            """;

    private final List<Swap> swaps = new ArrayList<>();

    void add(Swap swap) {
        swaps.add(swap);
    }

    void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder(HEAD.formatted(
                Runtime.getRuntime().availableProcessors(), Runtime.version().feature()));
        swaps.forEach(swap -> text.append(row(swap)).append('\n'));
        text.append("""

                *Restarted with it*: bundles that are wired to its packages, and no others. Nobody is wired to a bundle
                that exports nothing. `a (b)`: the bundles went on, but a gave up its service b and offered it again.

                Where own links are lost, router and links have been stopped together, in an order that the container does not define. Links
                that are stopped first say that they end, and neighbours connect anew at once; where the router is stopped first they
                cannot, and neighbours notice after their own patience: 80 packets, 4 s.

                Refresh this page: `./kairos test`, then `cp bundles/test/container/target/hot-swap.md docs/reference/`.
                """);
        Files.writeString(file, text);
    }

    static String row(Swap swap) {
        return "| %s | %s | %s | %s | %d/%d | %s | %s | %s | %d |"
                .formatted(
                        swap.shortName(),
                        cells(swap.flows().get(Neighbours.UDP)),
                        cells(swap.flows().get(Neighbours.TCP)),
                        cells(swap.flows().get(Neighbours.TRANSIT)),
                        swap.ownLinksLost(),
                        swap.transitLinksLost(),
                        swap.transfers()
                                .replaceFirst("arrived=(\\d+) broken=(.*)", "$1 $2")
                                .strip(),
                        swap.sameConnection() ? "yes" : "no",
                        with(swap),
                        swap.backMillis());
    }

    private static String cells(Count count) {
        return "%d/%d | %d".formatted(count.sent(), count.lost(), count.gapMillis());
    }

    private static String with(Swap swap) {
        Set<String> names = new TreeSet<>();
        swap.restarted().forEach(name -> names.add(Swap.shortened(name)));
        String bundles = names.size() > 6 ? names.size() + " bundles" : String.join(", ", names);
        Set<String> parts = new TreeSet<>();
        swap.renewed().forEach(part -> parts.add(Swap.shortened(part).replaceFirst(" (.*)", " ($1)")));
        return (bundles + " " + String.join(", ", parts)).strip();
    }
}
