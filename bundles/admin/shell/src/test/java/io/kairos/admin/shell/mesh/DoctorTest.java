package io.kairos.admin.shell.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.admin.shell.FakeServices;
import io.kairos.admin.shell.Json;
import io.kairos.admin.shell.Node;
import io.kairos.api.admin.Configurations;
import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.health.Finding;
import io.kairos.api.health.HealthCheck;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.link.Endpoints;
import io.kairos.api.routing.Router;
import io.kairos.api.routing.RoutingStrategy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class DoctorTest {

    @Test
    void aHealthyNodeIsToldSoInTheLastLine() throws InterruptedException {
        FakeServices services = node(List.of())
                .with(HealthCheck.class, check("interfaces", () -> List.of(Finding.ok("2 of 2 are up."))));

        assertEquals("""
            configuration
              ok       Every setting is accepted.

            interfaces
              ok       2 of 2 are up.

            services
              ok       All parts of the node are running.

            All is well.
            """, examine(services).text());
    }

    @Test
    void everyFindingThatIsNotOkEndsInARemedyWorstFirst() throws InterruptedException {
        Configurations.Problem problem =
                new Configurations.Problem("peer.port", "70000", "is not between 1 and 65535", "The default is 4242.");
        FakeServices services = node(List.of(new Configurations.Refused(
                        "io.kairos.transport.tcp.client~vps", "/opt/kairos/etc/vps.cfg", List.of(problem), true)))
                .with(
                        HealthCheck.class,
                        check(
                                "storage",
                                () -> List.of(
                                        Finding.ok("The store is encrypted."),
                                        Finding.warning("The disk is nearly full.", "Free 100 MB."),
                                        Finding.error("The disk is read-only.", "Mount it writable."))));

        assertEquals("""
            configuration
              WARNING  /opt/kairos/etc/vps.cfg: peer.port = 70000 is refused: is not between 1 and 65535. \
            The setting before it stays in force.
                       → The default is 4242.

            services
              ok       All parts of the node are running.

            storage
              ERROR    The disk is read-only.
                       → Mount it writable.
              WARNING  The disk is nearly full.
                       → Free 100 MB.
              ok       The store is encrypted.

            1 error, 2 warnings. Each has its remedy beside the arrow (→).
            """, examine(services).text());
    }

    @Test
    void refusedSettingsAreNotToldTwice() throws InterruptedException {
        Configurations.Problem problem = new Configurations.Problem("mode", "x", "is not a mode", "Use full.");
        FakeServices services = node(List.of(new Configurations.Refused("pid", "", List.of(problem), true)))
                .with(
                        HealthCheck.class,
                        check("configuration", () -> List.of(Finding.warning("mode is refused.", "Use full."))));

        assertEquals(
                List.of(Finding.warning("mode is refused.", "Use full.")),
                new Examination(services, Duration.ofSeconds(5)).findings().get("configuration"));
    }

    @Test
    void aNodeWithoutItsPartsIsToldWhichAreMissing() throws InterruptedException {
        String text = examine(new FakeServices()).text();

        assertTrue(text.contains("  ERROR    No router is running. Nothing is received, forwarded or sent.\n"), text);
        assertTrue(text.contains("5 errors, 0 warnings."), text);
    }

    @Test
    void aCheckThatFailsIsAFinding() throws InterruptedException {
        FakeServices services = node(List.of()).with(HealthCheck.class, check("clock", () -> {
            throw new IllegalStateException("broken");
        }));
        String text = examine(services).text();

        assertTrue(
                text.contains("  ERROR    The check of clock failed: java.lang.IllegalStateException: broken\n"), text);
    }

    @Test
    void aCheckThatHangsIsAFindingAndHoldsUpNobody() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        FakeServices services = node(List.of())
                .with(HealthCheck.class, check("radio", () -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return List.of();
                }))
                .with(HealthCheck.class, check("storage", () -> List.of(Finding.ok("Fine."))));
        Map<String, List<Finding>> findings = new Examination(services, Duration.ofMillis(50)).findings();

        assertEquals(Finding.Severity.ERROR, findings.get("radio").get(0).severity());
        assertEquals(List.of(Finding.ok("Fine.")), findings.get("storage"));
    }

    @Test
    void scriptsGetCountsAndFindings() throws InterruptedException {
        String json = Json.write(examine(node(List.of())
                        .with(HealthCheck.class, check("storage", () -> List.of(Finding.warning("Full.", "Free it.")))))
                .json());

        assertTrue(json.startsWith("{\n  \"errors\": 0,\n  \"warnings\": 1,\n"), json);
        assertTrue(
                json.contains(
                        "\"severity\": \"warning\",\n      \"message\": \"Full.\",\n      \"remedy\": \"Free it.\""),
                json);
    }

    private static DoctorReport examine(FakeServices services) throws InterruptedException {
        return new DoctorReport(new Examination(services, Duration.ofSeconds(5)).findings());
    }

    private static FakeServices node(List<Configurations.Refused> refused) {
        return new FakeServices()
                .with(Router.class, new FakeRouter())
                .with(IdentityStore.class, absent(IdentityStore.class))
                .with(Endpoints.class, absent(Endpoints.class))
                .with(CryptoSuite.class, absent(CryptoSuite.class))
                .with(RoutingStrategy.class, absent(RoutingStrategy.class))
                .with(Configurations.class, Node.fake(Configurations.class, (method, arguments) -> refused));
    }

    private static <T> T absent(Class<T> type) {
        return Node.fake(type, (method, arguments) -> {
            throw new AssertionError("nobody asks it anything");
        });
    }

    private static HealthCheck check(String subject, Supplier<List<Finding>> result) {
        return new HealthCheck() {
            @Override
            public String subject() {
                return subject;
            }

            @Override
            public List<Finding> examine() {
                return result.get();
            }
        };
    }
}
