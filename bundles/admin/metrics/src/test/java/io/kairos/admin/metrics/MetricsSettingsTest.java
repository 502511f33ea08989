package io.kairos.admin.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.MeshException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsSettingsTest {

    private static final String TOKEN = "0123456789abcdef";

    @Test
    void thisMachineNeedsNoToken() {
        Stream.of("127.0.0.1", "::1", "127.5.6.7")
                .forEach(host -> assertEquals(
                        "", MetricsSettings.from(config(host, 9484, "")).token()));
        assertEquals(
                "[0:0:0:0:0:0:0:1]:9484",
                MetricsSettings.from(config("::1", 9484, "")).toString());
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 9484, '', there is no token",
        "192.0.2.1, 9484, short, less than 16 characters",
        "node.example.net, 9484, 0123456789abcdef, is no address",
        "999.1.1.1, 9484, '', is no address",
        "'', 9484, '', is no address",
        "127.0.0.1, 0, '', is not between 1 and 65535",
    })
    void whatCannotBeIsRefusedWithARemedy(String host, int port, String token, String part) {
        MeshException refused =
                assertThrows(MeshException.class, () -> MetricsSettings.from(config(host, port, token)));

        assertTrue(refused.getMessage().contains(part), refused.getMessage());
        assertFalse(refused.remedy().isBlank());
    }

    @Test
    void theTokenIsInNoText() {
        MetricsSettings settings = MetricsSettings.from(config("0.0.0.0", 9484, TOKEN));

        assertEquals("0.0.0.0:9484", settings.toString());
    }

    static MetricsConfig config(String host, int port, String token) {
        return new MetricsConfig() {
            @Override
            public Class<MetricsConfig> annotationType() {
                return MetricsConfig.class;
            }

            @Override
            public String listen_host() {
                return host;
            }

            @Override
            public int listen_port() {
                return port;
            }

            @Override
            public String token() {
                return token;
            }
        };
    }
}
