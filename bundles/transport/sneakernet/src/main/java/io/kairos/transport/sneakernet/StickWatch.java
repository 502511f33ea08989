package io.kairos.transport.sneakernet;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Notices at once what other nodes put into a folder on this machine. Only a help: where the system has none to give, and
 * for what comes over a network file system, looking now and then has to do. {@link #keep} belongs to one thread.
 */
final class StickWatch implements AutoCloseable {

    private final Runnable news;
    private final WatchService service; // null where the system gives none
    private final Map<Path, WatchKey> watched = new ConcurrentHashMap<>();

    StickWatch(String threadName, Runnable news) {
        this.news = news;
        this.service = open();
        if (service != null) {
            Thread thread = new Thread(this::watch, threadName);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static WatchService open() {
        try {
            return FileSystems.getDefault().newWatchService();
        } catch (IOException | UnsupportedOperationException e) {
            return null;
        }
    }

    /** Watches these folders and no others. */
    void keep(Set<Path> folders) {
        if (service == null) {
            return;
        }
        watched.entrySet().removeIf(each -> {
            boolean isGone =
                    !folders.contains(each.getKey()) || !each.getValue().isValid();
            if (isGone) {
                each.getValue().cancel();
            }
            return isGone;
        });
        for (Path folder : folders) {
            if (!watched.containsKey(folder)) {
                try {
                    watched.put(
                            folder,
                            folder.register(
                                    service,
                                    StandardWatchEventKinds.ENTRY_CREATE,
                                    StandardWatchEventKinds.ENTRY_DELETE));
                } catch (IOException | ClosedWatchServiceException e) {
                    return; // too many watches on this machine, or just pulled out
                }
            }
        }
    }

    private void watch() {
        try {
            while (true) {
                WatchKey key = service.take();
                boolean isNews = key.pollEvents().stream()
                        .anyMatch(event -> !String.valueOf(event.context()).endsWith(StickFolder.HALF_WRITTEN));
                key.reset();
                if (isNews) {
                    news.run();
                }
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            return; // closed
        }
    }

    @Override
    public void close() {
        if (service != null) {
            try {
                service.close();
            } catch (IOException e) {
                return; // it is closed whatever it says
            }
        }
    }
}
