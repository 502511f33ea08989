package io.kairos.transport.sneakernet;

import io.kairos.api.health.Finding;

/**
 * How it stands with sticks and spool.
 *
 * @param sticks plugged in now
 * @param refusing of these cannot be written to
 * @param full of these have no room for something that waits
 * @param packets in the spool
 * @param bytes of the spool
 * @param dropped packets that became too old or had to make room since the interface was opened
 */
record StickReport(int sticks, int refusing, int full, int packets, long bytes, long dropped) {

    static final StickReport NONE = new StickReport(0, 0, 0, 0, 0, 0);

    Finding finding(String name) {
        String text = "%s: %s; %d packets in the spool (%d kB), %d dropped"
                .formatted(
                        name,
                        sticks == 0 ? "no stick" : sticks == 1 ? "one stick" : sticks + " sticks",
                        packets,
                        (bytes + 999) / 1_000,
                        dropped);
        if (full > 0) {
            return Finding.warning(
                    text + "; the share of a stick is full",
                    "Raise share.percent or share.megabytes, or take another.");
        }
        if (refusing > 0) {
            return Finding.warning(
                    text + "; a stick cannot be written to",
                    "Packets are taken from it, none are put on it. Check its switch, mount and file system.");
        }
        return Finding.ok(text);
    }
}
