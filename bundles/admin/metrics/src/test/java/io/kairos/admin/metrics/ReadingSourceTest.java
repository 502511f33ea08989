package io.kairos.admin.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kairos.api.health.Metric;
import io.kairos.api.transport.Reading;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingSourceTest {

    @ParameterizedTest
    @CsvSource({
        "noise_floor, dBm, kairos_interface_noise_floor_dbm",
        "airtime_1h, %, kairos_interface_airtime_1h_percent",
        "temperature, \u00b0C, kairos_interface_temperature_celsius",
        "resets, '', kairos_interface_resets",
        "Odd Name!, bars/s, kairos_interface_odd_name__bars_s",
    })
    void readingsAreNamedWithTheirUnits(String name, String unit, String metric) {
        assertEquals(
                metric,
                ReadingSource.metric("main", "lora", new Reading(name, 1, unit)).name());
    }

    @Test
    void labelsAreThoseOfTheOtherNumbersOfInterfaces() {
        Metric metric = ReadingSource.metric("club", "lora", new Reading("battery", 80.5, "%"));

        assertEquals(Map.of("network", "club", "interface", "lora"), metric.labels());
        assertEquals(80.5, metric.value());
    }
}
