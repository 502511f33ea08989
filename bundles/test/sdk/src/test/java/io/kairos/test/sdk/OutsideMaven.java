package io.kairos.test.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Maven as a plugin's author runs it: with the SDK's folder and whatever the machine has already, without a network and without
 * this source tree. Its local repository is one of its own, so that nothing but what was published is found.
 */
final class OutsideMaven {

    private static final long MINUTES = 5;

    private final Path settings;
    private final Path repository;

    OutsideMaven(Path target) throws IOException {
        repository = target.resolve("outside-repository");
        deleteTree(repository.resolve("io/kairos")); // of the last run
        Path given = Path.of(System.getProperty("kairos.sdk"), "settings.xml");
        String local = Path.of(System.getProperty("kairos.local")).toUri().toString();
        settings = target.resolve("outside-settings.xml");
        Files.createDirectories(target);
        Files.writeString(
                settings,
                Files.readString(given)
                        .replace("</profiles>", """
                <profile>
                  <id>machine</id>
                  <repositories><repository><id>machine</id><url>%1$s</url><releases><checksumPolicy>ignore</checksumPolicy></releases><snapshots><enabled>false</enabled></snapshots></repository></repositories>
                  <pluginRepositories><pluginRepository><id>machine</id><url>%1$s</url><releases><checksumPolicy>ignore</checksumPolicy></releases><snapshots><enabled>false</enabled></snapshots></pluginRepository></pluginRepositories>
                </profile>
              </profiles>""".formatted(local))
                        .replace("</activeProfiles>", "<activeProfile>machine</activeProfile></activeProfiles>"));
    }

    /** Runs Maven in a folder and returns what it said; fails where it does. */
    String run(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("kairos.maven"),
                "--offline",
                "--batch-mode",
                "--settings",
                settings.toString(),
                "-Daether.offline.protocols=file",
                "-Dmaven.repo.local=" + repository));
        command.addAll(List.of(arguments));
        Path said = Files.createTempFile(folder, "maven", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().remove("MAVEN_ARGS");
        Process process = builder.start();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("Maven has not ended within " + MINUTES + " minutes:\n" + Files.readString(said));
        }
        String text = Files.readString(said);
        if (process.exitValue() != 0) {
            throw new AssertionError("mvn " + String.join(" ", arguments) + " failed:\n" + text);
        }
        return text;
    }

    static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
