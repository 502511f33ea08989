package io.kairos.lib.configobj;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The limits of announces and requests: what Reticulum calls them, for one interface and for all. */
public final class LimitKeys {

    /** Their key → ours; numbers with a fraction, none below zero. */
    public static final Map<String, String> OURS = ours();

    private LimitKeys() {}

    private static Map<String, String> ours() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("ic_burst_hold", "ingress.burst.hold.seconds");
        keys.put("ic_burst_freq_new", "ingress.announces.per.second.new");
        keys.put("ic_burst_freq", "ingress.announces.per.second");
        keys.put("ic_pr_burst_freq_new", "ingress.requests.per.second.new");
        keys.put("ic_pr_burst_freq", "ingress.requests.per.second");
        keys.put("ic_new_time", "ingress.new.seconds");
        keys.put("ic_burst_penalty", "ingress.burst.penalty.seconds");
        keys.put("ic_held_release_interval", "ingress.release.seconds");
        keys.put("ec_pr_freq", "egress.requests.per.second");
        return Collections.unmodifiableMap(keys);
    }
}
