package io.kairos.core.router;

/** Why a packet was refused or dropped. The words are stable: scripts and dashboards read them. */
public enum Refusal {
    MALFORMED("malformed"),
    ACCESS_CODE("access-code"),
    FILTER("filter"),
    HOPS("hops"),
    DUPLICATE("duplicate"),
    NOT_FOR_US("not-for-us"),
    NO_PATH("no-path"),
    NO_LINK("no-link"),
    LINK_HOPS("link-hops"),
    LINK_MODE("link-mode"),
    LINK_TABLE_FULL("link-table-full"),
    PROOF_UNKNOWN("proof-unknown"),
    PROOF_INTERFACE("proof-interface"),
    PROOF_HOPS("proof-hops"),
    PROOF_SIGNATURE("proof-signature"),
    PROOF_QUEUE_FULL("proof-queue-full"),
    RECEIVER_FAILED("receiver-failed"),
    NO_SUITE("no-suite"),
    ANNOUNCE_SIGNATURE("announce-signature"),
    ANNOUNCE_MISMATCH("announce-mismatch"),
    ANNOUNCE_BLACKHOLED("announce-blackholed"),
    ANNOUNCE_HELD("announce-held"),
    ANNOUNCE_HELD_FULL("announce-held-full"),
    ANNOUNCE_QUEUE_FULL("announce-queue-full"),
    ANNOUNCE_RATE("announce-rate"),
    ANNOUNCE_REPEAT_FULL("announce-repeat-full"),
    ANNOUNCE_TOO_LONG("announce-too-long"),
    ANNOUNCE_CAP_FULL("announce-cap-full"),
    ANNOUNCE_CAP_EXPIRED("announce-cap-expired"),
    PATH_EVICTED("path-evicted"),
    KNOWN_EVICTED("known-evicted"),
    REQUEST_REPEATED("path-request-repeated"),
    REQUEST_LIMITED("path-request-limited"),
    REQUEST_FULL("path-request-full"),
    TUNNEL_SIGNATURE("tunnel-signature"),
    TUNNEL_FULL("tunnel-full"),
    LISTENER_BUSY("listener-busy"),
    REDISCOVERY_FULL("rediscovery-full");

    private final String word;

    Refusal(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
