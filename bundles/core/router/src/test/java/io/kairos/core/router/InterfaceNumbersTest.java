package io.kairos.core.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.health.Metric;
import io.kairos.api.routing.Router.InterfaceView;
import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfaceMode;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.LinkBudget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class InterfaceNumbersTest {

    @Test
    void trafficStateAndLimitsAreNumbers() {
        Map<String, Double> values = values(InterfaceState.UP);

        assertEquals(200, values.get("kairos_interface_received_bytes_total"));
        assertEquals(3, values.get("kairos_interface_sent_packets_total"));
        assertEquals(5, values.get("kairos_interface_dropped_outgoing_packets_total"));
        assertEquals(6, values.get("kairos_interface_dropped_incoming_packets_total"));
        assertEquals(7, values.get("kairos_interface_malformed_frames_total"));
        assertEquals(1, values.get("kairos_interface_up"));
        assertEquals(4, values.get("kairos_interface_neighbours"));
        assertEquals(0.01, values.get("kairos_interface_airtime_limit_ratio"));
    }

    @Test
    void whatIsNotUpIsZero() {
        assertEquals(0, values(InterfaceState.STARTING).get("kairos_interface_up"));
    }

    @Test
    void onlyTheOperatorsOwnWordsAreLabels() {
        assertTrue(InterfaceNumbers.of("main", view(InterfaceState.UP), 1).stream()
                .allMatch(each -> each.labels().equals(Map.of("network", "main", "interface", "hub"))));
    }

    private static Map<String, Double> values(InterfaceState state) {
        List<Metric> metrics = InterfaceNumbers.of("main", view(state), 4);
        return metrics.stream().collect(Collectors.toMap(Metric::name, Metric::value));
    }

    private static InterfaceView view(InterfaceState state) {
        return new InterfaceView(
                "hub",
                "tcp-server",
                "TCPServerInterface[hub/198.51.100.7:4242]",
                Optional.empty(),
                state,
                Optional.empty(),
                InterfaceMode.FULL,
                new LinkBudget(5000, 500, LinkBudget.MtuClass.NONE, 0.01, 0),
                false,
                new InterfaceCounters(1, 200, 3, 400, 5, 6, 7),
                0,
                0,
                0,
                0,
                0,
                0,
                false,
                false,
                0);
    }
}
