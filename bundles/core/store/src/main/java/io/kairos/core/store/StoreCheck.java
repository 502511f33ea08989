package io.kairos.core.store;

import io.kairos.api.health.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks at the folder of a store: can it be written, is there room, is the machine key safe. */
final class StoreCheck {

    static final long WARN_BYTES = 64L << 20;
    static final long ERROR_BYTES = 8L << 20;

    private StoreCheck() {}

    static List<Finding> examine(Path folder, long recovered) {
        List<Finding> findings = new ArrayList<>();
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            findings.add(Finding.error(
                    "The folder %s cannot be written".formatted(folder),
                    "Mount it writable and give it to the user the node runs as."));
            return findings;
        }
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            findings.add(space(folder, free));
            findings.add(key(folder.resolve(MachineKey.FILE)));
            if (!Disk.isPrivate(folder)) {
                findings.add(Finding.warning(
                        "Other users of this machine may look into %s; the documents in it are encrypted"
                                .formatted(folder),
                        "chmod 700 " + folder));
            }
        } catch (IOException e) {
            findings.add(Finding.error(
                    "The folder %s cannot be examined: %s".formatted(folder, StorageFailures.reason(e)),
                    "Check the disk and the permissions of the folder."));
        }
        if (recovered > 0) {
            findings.add(Finding.warning(
                    "%d times a damaged document was replaced by its previous generation".formatted(recovered),
                    "Make a backup now, then check the disk, the memory card and the power supply."));
        }
        return findings;
    }

    static Finding space(Path folder, long freeBytes) {
        String message = "%d MiB are free for %s".formatted(freeBytes >> 20, folder);
        String remedy = "Make room on that disk, or move the folder to a larger one.";
        if (freeBytes < ERROR_BYTES) {
            return Finding.error(message, remedy);
        }
        return freeBytes < WARN_BYTES ? Finding.warning(message, remedy) : Finding.ok(message);
    }

    private static Finding key(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            return Finding.error(
                    "The machine key %s cannot be read; the node would not start again".formatted(file),
                    "Restore it from a backup and give it to the user the node runs as.");
        }
        if (!Disk.isPrivate(file)) {
            return Finding.error(
                    "Other users of this machine may read the machine key %s".formatted(file), "chmod 600 " + file);
        }
        return Finding.ok("The machine key is there and private");
    }
}
