package io.kairos.lib.serial;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;

/**
 * Waits until a device is plugged in, without looking again and again: the operating system tells. Where the folder of the
 * device is not there either ({@code /dev/serial} comes with the first device), the nearest one above it is watched.
 *
 * <p>Threads: one waits, any closes.
 */
public final class DeviceWatch implements AutoCloseable {

    private static final int MOST_LOOKS = 60;
    private static final long LOOK_MILLIS = 50;

    private final Path port;
    private final WatchService service;

    /**
     * Begins to watch; a device that is there already has to come anew.
     *
     * @throws IOException where the operating system cannot watch
     */
    public DeviceWatch(String port) throws IOException {
        this.port = Path.of(port).toAbsolutePath().normalize();
        service = this.port.getFileSystem().newWatchService();
        try {
            watchNearest();
        } catch (IOException e) {
            service.close();
            throw e;
        }
    }

    /**
     * Waits for the device, and then up to three seconds until this user may open it: the rules of the operating system give the
     * rights a moment after the device.
     *
     * @return true once it has come, false once {@link #close} was called
     */
    public boolean await() throws InterruptedException, IOException {
        try {
            while (true) {
                WatchKey key = service.take();
                boolean isConcerned = key.pollEvents().stream().anyMatch(event -> concerns(key, event));
                if (!key.reset() || isConcerned) {
                    watchNearest();
                }
                if (isConcerned && Files.exists(port)) {
                    awaitRights();
                    return true;
                }
            }
        } catch (ClosedWatchServiceException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            // nothing is left that could be closed
        }
    }

    private boolean concerns(WatchKey key, WatchEvent<?> event) {
        return !(event.context() instanceof Path name)
                || port.startsWith(((Path) key.watchable()).resolve(name)); // without a name too much has happened
    }

    /** Once more where a folder came meanwhile: what came into it before it was watched is seen by looking. */
    private void watchNearest() throws IOException {
        Path nearest = nearest();
        Path before;
        do {
            before = nearest;
            nearest.register(service, StandardWatchEventKinds.ENTRY_CREATE);
            nearest = nearest();
        } while (!nearest.equals(before));
    }

    private Path nearest() {
        Path folder = port.getParent();
        while (folder != null && folder.getParent() != null && !Files.isDirectory(folder)) {
            folder = folder.getParent();
        }
        return folder == null ? port : folder;
    }

    private void awaitRights() throws InterruptedException {
        int looks = 0;
        do {
            WatchKey key = service.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (key != null) {
                key.reset();
            }
            looks++;
        } while (looks < MOST_LOOKS && !(Files.isReadable(port) && Files.isWritable(port)));
    }
}
