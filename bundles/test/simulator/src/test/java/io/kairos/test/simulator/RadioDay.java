package io.kairos.test.simulator;

import io.kairos.api.link.PacketReceipt;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Radios scattered over a town share one channel for some time: each tells the others that it is there, and writes messages
 * to others at random. Reproducible from its seed.
 */
final class RadioDay {

    /**
     * What happens.
     *
     * @param townKm length of the side of the square in which the nodes are
     * @param share legal share of time on air
     * @param messagesPerDay that each node writes
     */
    record Plan(
            int nodes,
            double townKm,
            Duration time,
            Duration announceEvery,
            int messagesPerDay,
            double share,
            LoRaStation.Law law,
            long seed) {}

    /**
     * What came of it.
     *
     * @param written messages whose sender knew a way; each was sent up to three times
     * @param unknown messages that were not sent because the sender knew no way
     * @param arrived messages that arrived
     * @param proved messages of whose arrival the sender has heard
     * @param medianSeconds of the time from writing to arriving
     * @param tardySeconds so long took nineteen of twenty at most
     * @param meanShare time on air, mean of all nodes
     * @param busiestShare time on air of the node that sent most
     * @param busiestHour largest share of one hour of any node
     * @param disturbed share of what was in reach and not heard
     * @param knownWays share of the pairs that know a way in the end
     */
    record Outcome(
            int written,
            int unknown,
            int arrived,
            int proved,
            double medianSeconds,
            double tardySeconds,
            double meanShare,
            double busiestShare,
            double busiestHour,
            double disturbed,
            double knownWays) {

        String row(String title) {
            return String.format(
                    Locale.ROOT,
                    "| %s | %d | %.1f %% | %.1f %% | %.1f s | %.0f s | %.2f %% | %.2f %% | %.2f %% | %.1f %% | %.0f %% |",
                    title,
                    written,
                    100.0 * arrived / Math.max(1, written),
                    100.0 * proved / Math.max(1, written),
                    medianSeconds,
                    tardySeconds,
                    100 * meanShare,
                    100 * busiestShare,
                    100 * busiestHour,
                    100 * disturbed,
                    100 * knownWays);
        }
    }

    private static final int MESSAGE_BYTES = 160;
    private static final int ATTEMPTS = 3;
    private static final Duration STEP = Duration.ofSeconds(10);

    private final Plan plan;
    private final Mesh mesh;
    private final Random random;
    private final List<LoRaStation> stations = new ArrayList<>();
    private final Map<Integer, Long> writtenAt = new HashMap<>();
    private final Map<Integer, Double> tookSeconds = new HashMap<>();
    private int unknown;
    private int proved;

    RadioDay(Plan plan, Path folder) {
        this.plan = plan;
        this.mesh = new Mesh(plan.seed(), folder);
        this.random = new Random(plan.seed());
    }

    Outcome run() {
        LoRaAir air = new LoRaAir(mesh.clock);
        for (Node node : mesh.nodes(plan.nodes())) {
            LoRaStation station = new LoRaStation(
                    "lora" + node,
                    air,
                    mesh.clock,
                    random.nextDouble() * plan.townKm(),
                    random.nextDouble() * plan.townKm(),
                    plan.law(),
                    plan.share(),
                    random.nextLong());
            stations.add(station);
            node.core.attach(station);
            node.destination.onPacket((data, reception) -> {
                arrived(ByteBuffer.wrap(data).getInt());
                return true;
            });
            announceFromTimeToTime(node);
            writeFromTimeToTime(node);
        }
        for (long left = plan.time().toMillis(); left > 0; left -= STEP.toMillis()) {
            mesh.pass(STEP);
        }
        return outcome(air);
    }

    private Duration within(Duration time) {
        return Duration.ofNanos((long) (random.nextDouble() * time.toNanos()));
    }

    private void announceFromTimeToTime(Node node) {
        mesh.clock.after(within(plan.announceEvery()), () -> {
            node.announce();
            mesh.clock.every(plan.announceEvery(), node::announce);
        });
    }

    private void writeFromTimeToTime(Node node) {
        Duration pause = Duration.ofDays(1).dividedBy(plan.messagesPerDay());
        mesh.clock.after(within(pause.multipliedBy(2)), () -> {
            write(node);
            writeFromTimeToTime(node);
        });
    }

    private void write(Node from) {
        Node to = mesh.nodes.get(random.nextInt(mesh.nodes.size()));
        if (to == from) {
            return;
        }
        if (!from.knowsPath(to)) {
            unknown++;
            return;
        }
        int message = writtenAt.size();
        writtenAt.put(message, mesh.clock.nanos());
        byte[] data = ByteBuffer.allocate(MESSAGE_BYTES).putInt(message).array();
        attempt(from, to, data, 1);
    }

    private void attempt(Node from, Node to, byte[] data, int number) {
        PacketReceipt receipt = from.endpoints.send(to.address(), data);
        receipt.outcome().whenComplete((status, error) -> {
            if (receipt.status() == PacketReceipt.Status.DELIVERED) {
                proved++;
            } else if (number < ATTEMPTS && from.knowsPath(to)) {
                attempt(from, to, data, number + 1);
            }
        });
    }

    private void arrived(int message) {
        tookSeconds.putIfAbsent(message, (mesh.clock.nanos() - writtenAt.get(message)) / 1e9);
    }

    private Outcome outcome(LoRaAir air) {
        double[] took = tookSeconds.values().stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        long known = mesh.nodes.stream()
                .mapToLong(node -> mesh.nodes.stream()
                        .filter(other -> other != node && node.knowsPath(other))
                        .count())
                .sum();
        return new Outcome(
                writtenAt.size(),
                unknown,
                took.length,
                proved,
                took.length == 0 ? 0 : took[took.length / 2],
                took.length == 0 ? 0 : took[took.length * 19 / 20],
                stations.stream()
                        .mapToDouble(one -> one.shareOf(plan.time()))
                        .average()
                        .orElse(0),
                stations.stream()
                        .mapToDouble(one -> one.shareOf(plan.time()))
                        .max()
                        .orElse(0),
                stations.stream().mapToDouble(LoRaStation::highestShare).max().orElse(0),
                air.disturbedShare(),
                (double) known / (plan.nodes() * (plan.nodes() - 1)));
    }
}
