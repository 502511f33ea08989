package io.kairos.core.router.storage;

import io.kairos.core.router.NodeTime;
import io.kairos.core.router.path.PathBook;
import io.kairos.core.router.tunnel.Tunnels;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Decides when the tables are written: often enough that a power cut loses little, seldom enough for a memory card.
 * Threads: belongs to the owner of the tables.
 */
public final class Saving {

    private static final long ALWAYS_MILLIS = 43_200_000;
    private static final long CHANGED_MILLIS = 3_600_000;
    private static final long FEWEST_MILLIS = 300_000;
    private static final int FEWEST_CHANGES = 16;

    private final NodeTime time;
    private final TableStorage storage;
    private final PathBook paths;
    private final Tunnels tunnels;
    private final Executor disk;
    private long lastAt;
    private long lastTrafficAt;
    private long lastChanges;

    public Saving(NodeTime time, TableStorage storage, PathBook paths, Tunnels tunnels, Executor disk) {
        this.time = time;
        this.storage = storage;
        this.paths = paths;
        this.tunnels = tunnels;
        this.disk = disk;
        this.lastAt = time.millis();
        this.lastTrafficAt = lastAt;
    }

    /** Writes the tables if it is time. */
    public void run() {
        long now = time.millis();
        long since = now - lastAt;
        long changes = paths.changes() - lastChanges;
        boolean much = changes >= Math.max(FEWEST_CHANGES, paths.table().size() / 10);
        if (since >= ALWAYS_MILLIS || since >= CHANGED_MILLIS && changes > 0 || since >= FEWEST_MILLIS && much) {
            lastAt = now;
            lastChanges = paths.changes();
            List<Tunnels.Tunnel> copies = tunnels.copies();
            boolean traffic = now - lastTrafficAt >= ALWAYS_MILLIS;
            lastTrafficAt = traffic ? now : lastTrafficAt;
            disk.execute(() -> {
                storage.save(copies);
                if (traffic) {
                    storage.saveTraffic();
                }
            });
        }
    }
}
