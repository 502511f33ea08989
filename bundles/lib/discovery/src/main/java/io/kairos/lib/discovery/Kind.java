package io.kairos.lib.discovery;

import static io.kairos.lib.discovery.Field.BANDWIDTH;
import static io.kairos.lib.discovery.Field.CHANNEL;
import static io.kairos.lib.discovery.Field.CODING_RATE;
import static io.kairos.lib.discovery.Field.FREQUENCY;
import static io.kairos.lib.discovery.Field.MODULATION;
import static io.kairos.lib.discovery.Field.PORT;
import static io.kairos.lib.discovery.Field.REACHABLE_ON;
import static io.kairos.lib.discovery.Field.SPREADING_FACTOR;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Kinds of interfaces that are announced, and what is told of each. */
public enum Kind {
    BACKBONE("BackboneInterface", REACHABLE_ON, PORT),
    TCP_SERVER("TCPServerInterface", REACHABLE_ON, PORT),
    /** Is understood but never kept: nobody can connect to a client. */
    TCP_CLIENT("TCPClientInterface"),
    RNODE("RNodeInterface", FREQUENCY, BANDWIDTH, SPREADING_FACTOR, CODING_RATE),
    WEAVE("WeaveInterface", FREQUENCY, BANDWIDTH, CHANNEL, MODULATION),
    I2P("I2PInterface", REACHABLE_ON),
    KISS("KISSInterface", FREQUENCY, BANDWIDTH, MODULATION);

    private final String word;
    private final Set<Field> details;

    Kind(String word, Field... details) {
        this.word = word;
        this.details = Set.of(details);
    }

    /** The name by which Reticulum programs know it. */
    public String word() {
        return word;
    }

    /** What is told of it beside what is told of all. */
    public Set<Field> details() {
        return details;
    }

    /** Whether one that was heard of is worth keeping. */
    public boolean isKept() {
        return this != TCP_CLIENT;
    }

    public static Optional<Kind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    /**
     * As what an interface is announced; a TCP client only where it speaks KISS to a modem.
     *
     * @param word the name by which Reticulum programs know the interface
     */
    public static Optional<Kind> announced(String word, boolean speaksKiss) {
        return of(word).flatMap(kind ->
                kind != TCP_CLIENT ? Optional.of(kind) : speaksKiss ? Optional.of(KISS) : Optional.empty());
    }
}
