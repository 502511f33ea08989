package io.kairos.admin.shell.safety;

import io.kairos.api.health.Finding;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds what other users of this machine could read or change below a folder. */
final class FileModes {

    /** More than this is not looked at; a check takes less than a second. */
    private static final int MOST = 20_000;

    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private FileModes() {}

    static List<Finding> check(List<Path> folders) {
        List<Finding> findings = new ArrayList<>();
        for (Path folder : folders) {
            if (!Files.isDirectory(folder) || !isPosix(folder)) {
                continue;
            }
            try {
                List<Path> open = openIn(folder);
                if (!open.isEmpty()) {
                    findings.add(Finding.error(
                            "%d files or folders in %s can be read or changed by other users of this machine, for example %s"
                                    .formatted(open.size(), folder, folder.relativize(open.get(0))),
                            "chmod -R go-rwx " + folder));
                }
            } catch (IOException e) {
                findings.add(Finding.warning(
                        "%s cannot be looked at: %s".formatted(folder, e.getMessage()),
                        "It should belong to the user the node runs as: chown -R that user " + folder));
            }
        }
        return findings;
    }

    /** What is reachable for others: nothing below a folder that they cannot enter. */
    private static List<Path> openIn(Path root) throws IOException {
        List<Path> open = new ArrayList<>();
        int[] seen = {0};
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
                boolean canEnter = permissions.contains(PosixFilePermission.GROUP_EXECUTE)
                        || permissions.contains(PosixFilePermission.OTHERS_EXECUTE);
                note(folder, permissions);
                return canEnter ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!attributes.isSymbolicLink()) {
                    note(file, Files.getPosixFilePermissions(file));
                }
                return ++seen[0] < MOST ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE; // it went away meanwhile
            }

            private void note(Path path, Set<PosixFilePermission> permissions) {
                if (permissions.stream().anyMatch(OTHERS::contains)) {
                    open.add(path);
                }
            }
        });
        return open;
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
