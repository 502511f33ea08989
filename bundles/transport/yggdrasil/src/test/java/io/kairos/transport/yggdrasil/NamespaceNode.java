package io.kairos.transport.yggdrasil;

import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.Offer;
import io.kairos.test.contract.RealTime;
import io.kairos.test.contract.RecordingSink;
import io.kairos.test.contract.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A process of its own with one interface, because a process is in one network namespace. Answers each line of its standard
 * input with one line: {@code status} with state, address and children that are up; {@code send 5} by sending so many packets
 * to the first child; {@code count} with how many packets have come from all children of now.
 */
final class NamespaceNode {

    private NamespaceNode() {}

    public static void main(String[] arguments) throws IOException {
        Settings settings = Settings.of(
                "interface.name", arguments[0],
                "admin.socket", arguments[1],
                "listen.port", 4242,
                "peers", arguments.length > 2 ? "[" + arguments[2] + "]:4242" : "",
                "check.interval.seconds", 1,
                "reconnect.delay.seconds", 1,
                "reconnect.delay.max.seconds", 1);
        RecordingSink core = new RecordingSink();
        try (RealTime time = new RealTime();
                YggdrasilInterface ygg =
                        new YggdrasilInterface(settings.as(YggdrasilConfig.class), settings.map(), time, time)) {
            ygg.attach(core);
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(answer(line.split(" "), ygg, core));
            }
        }
    }

    private static String answer(String[] words, MeshInterface ygg, RecordingSink core) {
        return switch (words[0]) {
            case "status" ->
                ygg.status().state() + " "
                        + ygg.offer()
                                .map(Offer::details)
                                .map(told -> told.get("reachable_on"))
                                .orElse("-") + " "
                        + core.children().keySet().stream()
                                .filter(child -> child.status().isUp())
                                .count();
            case "send" -> {
                MeshInterface child = core.children().keySet().iterator().next();
                for (int i = 0; i < Integer.parseInt(words[1]); i++) {
                    child.send(ByteBuffer.wrap(new byte[] {0x7e, 0x7d, (byte) i, 1, 2, 3, 4, 5}));
                }
                child.flush();
                yield "sent";
            }
            default ->
                Integer.toString(core.children().values().stream()
                        .mapToInt(RecordingSink::count)
                        .sum());
        };
    }
}
