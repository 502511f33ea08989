package io.kairos.transport.sneakernet;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;

/** The sticks that are plugged in now, and how each of them can be used. One owner. */
final class Plugged {

    /** More sticks than a machine has ports for. */
    private static final int MOST_STICKS = 16;

    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(60);

    private final Traveller traveller;
    private final Logger log;
    private final Map<Path, Visit> visits = new LinkedHashMap<>();

    Plugged(Traveller traveller, Logger log) {
        this.traveller = traveller;
        this.log = log;
    }

    /** One stick and how it goes with it. */
    private static final class Visit {
        private final Stick stick;
        private boolean isGreeted;
        private boolean isReadOnly;
        private boolean saidFull;
        private boolean isRefused;
        private long writeAgainNanos;
        private int delivered;

        Visit(Stick stick) {
            this.stick = stick;
        }
    }

    /** Looks which sticks there are. */
    void look() {
        Map<Path, StickFolder> there = new LinkedHashMap<>();
        for (Path path : traveller.places().folders().find(MOST_STICKS)) {
            StickFolder.on(path).ifPresent(folder -> there.put(path, folder));
        }
        int before = visits.size();
        visits.keySet().retainAll(there.keySet());
        if (visits.size() < before) {
            log.info("Interface {}: {} stick(s) gone, {} there", name(), before - visits.size(), visits.size());
        }
        there.forEach((path, folder) -> visits.computeIfAbsent(path, fresh -> new Visit(new Stick(folder, traveller))));
    }

    int count() {
        return visits.size();
    }

    /** Sticks that cannot be written to. */
    int readOnly() {
        return (int) visits.values().stream()
                .filter(visit -> visit.isReadOnly || visit.isRefused)
                .count();
    }

    /** Sticks on which something has no room. */
    int full() {
        return (int)
                visits.values().stream().filter(visit -> visit.stick.isFull()).count();
    }

    /** The folders of ours on all sticks. */
    Set<Path> folders() {
        return visits.values().stream()
                .map(visit -> visit.stick.folder().path())
                .collect(Collectors.toSet());
    }

    /** Takes what is new from each stick; one that is pulled out meanwhile is there no more. */
    void read(Sealer sealer, long nowSeconds) {
        visits.values().removeIf(visit -> {
            try {
                visit.delivered += visit.stick.read(sealer, nowSeconds);
                return false;
            } catch (IOException gone) {
                log.info("Interface {}: a stick is gone while it was read", name());
                return true;
            }
        });
    }

    /** Puts on each stick what waits. */
    void write(Sealer sealer, long nowSeconds, long nowNanos, boolean notesToo) {
        for (Visit visit : visits.values()) {
            if (visit.writeAgainNanos != 0 && visit.writeAgainNanos - nowNanos > 0) {
                continue;
            }
            int put = 0;
            try {
                visit.isReadOnly = visit.stick.folder().space().isReadOnly();
                put = visit.isReadOnly ? 0 : visit.stick.write(sealer, nowSeconds, notesToo);
                visit.isRefused = false;
                visit.writeAgainNanos = 0;
            } catch (IOException refused) {
                visit.writeAgainNanos = nowNanos + AFTER_REFUSAL.toNanos();
                if (!visit.isRefused && visit.stick.folder().isThere()) {
                    log.warn(
                            "Interface {}: nothing can be put on a stick ({}); make room or check its file system",
                            name(),
                            refused.getClass().getSimpleName());
                }
                visit.isRefused = true;
            }
            tell(visit, put);
        }
    }

    private void tell(Visit visit, int put) {
        if (!visit.isGreeted) {
            visit.isGreeted = true;
            log.info(
                    "Interface {}: a stick is there{}: {} packets taken, {} put on it",
                    name(),
                    visit.isReadOnly ? ", read-only" : "",
                    visit.delivered,
                    put);
        }
        if (visit.stick.isFull() && !visit.saidFull) {
            visit.saidFull = true;
            log.warn("Interface {}: the share of a stick is full; raise share.percent or share.megabytes", name());
        }
    }

    private String name() {
        return traveller.places().name();
    }
}
