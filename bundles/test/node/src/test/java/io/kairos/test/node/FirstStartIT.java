package io.kairos.test.node;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first start of a node and the next one, with settings that its operator put there before. */
class FirstStartIT {

    private static final Pattern ALARM = Pattern.compile(" (WARN|ERROR) +\\S+:");

    @ParameterizedTest
    @ValueSource(strings = {"distribution", "lean"})
    void keepsWhatIsThereAndHasNothingToComplainAbout(String archive) throws IOException {
        int port = NodeProcess.freePort();
        try (NodeProcess node = new NodeProcess("first-start-" + archive, archive).listens("first", port)) {
            Path etc = node.home().resolve("etc");
            byte[] own = Files.readAllBytes(etc.resolve("io.kairos.transport.auto-lan.cfg"));

            for (int start = 1; start <= 2; start++) {
                node.start().awaitPort(port).awaitLog("Interface first is up").stop();

                assertArrayEquals(own, Files.readAllBytes(etc.resolve("io.kairos.transport.auto-lan.cfg")));
                assertTrue(
                        Files.exists(etc.resolve("io.kairos.transport.auto-lan.cfg.new")), "the default is beside it");
                assertTrue(Files.exists(etc.resolve("io.kairos.core.router.cfg")), "other defaults are there");
                assertEquals(List.of(), alarms(node.home()), "after start " + start);
            }
        }
    }

    private static List<String> alarms(Path home) throws IOException {
        try (Stream<String> lines = Files.lines(home.resolve("data/log/kairos.log"))) {
            return lines.filter(line -> ALARM.matcher(line).find()).toList();
        }
    }
}
