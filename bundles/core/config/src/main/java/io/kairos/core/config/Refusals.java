package io.kairos.core.config;

import io.kairos.api.admin.Configurations.Problem;
import io.kairos.api.admin.Configurations.Refused;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The edits that are refused at this moment; says each once in the log. Threads: any. */
final class Refusals {

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final Map<String, Refusal> byPid = new ConcurrentHashMap<>();

    /** A refused edit and what is wrong with it. */
    record Refusal(Edit edit, Refused refused) {}

    void refuse(Edit edit, List<Problem> problems, boolean lastGoodInForce) {
        Refusal refusal = new Refusal(edit, new Refused(edit.pid(), edit.file(), problems, lastGoodInForce));
        Refusal before = byPid.put(edit.pid(), refusal);
        if (before != null && before.refused().equals(refusal.refused())) {
            return; // said already
        }
        for (Problem problem : problems) {
            LOG.warn(
                    "Settings refused in {}: {}. {} {}",
                    edit.shown(),
                    Secrets.isAddress(problem.key()) ? problem.key() + " " + problem.reason() : text(problem),
                    problem.remedy(),
                    lastGoodInForce ? "The last good settings stay in force." : "There are no earlier good settings.");
        }
    }

    void accept(Edit edit) {
        if (byPid.remove(edit.pid()) != null) {
            LOG.info("The settings {} are good again", edit.shown());
        }
    }

    void forget(String pid) {
        byPid.remove(pid);
    }

    Collection<Refusal> all() {
        return List.copyOf(byPid.values());
    }

    static String text(Problem problem) {
        return problem.value().isEmpty()
                ? "%s %s".formatted(problem.key(), problem.reason())
                : "%s = %s %s".formatted(problem.key(), problem.value(), problem.reason());
    }
}
