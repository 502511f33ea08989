package io.kairos.api.admin;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Checks settings before they take effect and remembers those that were refused. A refused edit changes nothing: the last
 * good setting stays in force.
 */
@ProviderType
public interface Configurations {

    /**
     * Checks settings against what their bundle declares.
     *
     * @param pid factory PID or PID, for example {@code io.kairos.transport.tcp.client}
     * @param settings key to value
     * @return what is wrong, empty where nothing is
     */
    List<Problem> check(String pid, Map<String, ?> settings);

    /** Edits that were refused and have not been corrected since. */
    List<Refused> refused();

    /**
     * One wrong setting.
     *
     * @param key which one
     * @param value what it says; secrets are shown as dots
     * @param reason why it is wrong
     * @param remedy what would be right
     */
    record Problem(String key, String value, String reason, String remedy) {}

    /**
     * A refused edit.
     *
     * @param pid which configuration
     * @param file where the operator edits it; empty where it has no file
     * @param problems what is wrong
     * @param lastGoodInForce whether an earlier setting goes on working; otherwise the instance is down
     */
    record Refused(String pid, String file, List<Problem> problems, boolean lastGoodInForce) {}
}
