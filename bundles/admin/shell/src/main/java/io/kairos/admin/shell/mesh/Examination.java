package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Services;
import io.kairos.api.admin.Configurations;
import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.health.Finding;
import io.kairos.api.health.HealthCheck;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.link.Endpoints;
import io.kairos.api.routing.Router;
import io.kairos.api.routing.RoutingStrategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks everything that can say how the node does: all health checks, refused configurations, and whether the parts are
 * there without which a node is none. A check that throws or hangs becomes a finding of its own.
 */
final class Examination {

    private static final String CONFIGURATION = "configuration";

    private final Services services;
    private final Duration patience;

    /** @param patience how long one check may take */
    Examination(Services services, Duration patience) {
        this.services = services;
        this.patience = patience;
    }

    /** Findings by subject, sorted by subject. */
    Map<String, List<Finding>> findings() throws InterruptedException {
        Map<String, List<Finding>> found = new TreeMap<>();
        found.put("services", parts());
        List<HealthCheck> checks = services.all(HealthCheck.class);
        // whoever checks settings usually tells of the refused ones too; nobody wants to read them twice
        if (checks.stream().noneMatch(check -> check.subject().equals(CONFIGURATION))) {
            services.find(Configurations.class).ifPresent(checker -> found.put(CONFIGURATION, refused(checker)));
        }
        ExecutorService executor = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "kairos-shell-doctor");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<List<Finding>>> running = checks.stream()
                    .map(check -> executor.submit(check::examine))
                    .toList();
            for (int i = 0; i < checks.size(); i++) {
                String subject = checks.get(i).subject();
                found.computeIfAbsent(subject, key -> new ArrayList<>()).addAll(outcome(subject, running.get(i)));
            }
        } finally {
            executor.shutdownNow();
        }
        return found;
    }

    private List<Finding> outcome(String subject, Future<List<Finding>> running) throws InterruptedException {
        try {
            return running.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            return List.of(Finding.error(
                    "The check of %s failed: %s".formatted(subject, e.getCause()),
                    "This is a mistake in the part that offers the check; log:display may show more. Please"
                            + " report it."));
        } catch (TimeoutException e) {
            return List.of(Finding.error(
                    "The check of %s has not answered in %d s.".formatted(subject, patience.toSeconds()),
                    "The part that offers the check hangs: log:display may show why; restart it with"
                            + " bundle:restart <id> (bundle:list shows the id)."));
        }
    }

    private List<Finding> parts() {
        List<Finding> found = new ArrayList<>();
        part(found, Router.class, "router", "Nothing is received, forwarded or sent");
        part(found, IdentityStore.class, "identity store", "The node has no identity");
        part(found, Endpoints.class, "link service", "Programs on this node cannot reach anybody");
        part(found, CryptoSuite.class, "crypto suite", "No announce can be verified and no link opened");
        part(found, RoutingStrategy.class, "routing strategy", "Paths that are known stay as they are");
        if (found.isEmpty()) {
            found.add(Finding.ok("All parts of the node are running."));
        }
        return found;
    }

    private void part(List<Finding> found, Class<?> type, String name, String consequence) {
        if (services.find(type).isEmpty()) {
            found.add(Finding.error(
                    "No %s is running. %s.".formatted(name, consequence),
                    "Right after the start it may only be late: try again in a few seconds. Otherwise bundle:list shows"
                            + " which part is not active and log:display why."));
        }
    }

    private static List<Finding> refused(Configurations checker) {
        List<Finding> found = new ArrayList<>();
        for (Configurations.Refused refused : checker.refused()) {
            String where = refused.file().isEmpty() ? refused.pid() : refused.file();
            String force = refused.lastGoodInForce()
                    ? " The setting before it stays in force."
                    : " What it configures is not running.";
            for (Configurations.Problem problem : refused.problems()) {
                String message = "%s: %s = %s is refused: %s.%s"
                        .formatted(where, problem.key(), problem.value(), withoutStop(problem.reason()), force);
                String remedy = problem.remedy().isBlank() ? "Correct the line and save the file." : problem.remedy();
                found.add(
                        refused.lastGoodInForce() ? Finding.warning(message, remedy) : Finding.error(message, remedy));
            }
        }
        if (found.isEmpty()) {
            found.add(Finding.ok("Every setting is accepted."));
        }
        return found;
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}
