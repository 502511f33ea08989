package io.kairos.sdk.packager;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MalformedException;
import io.kairos.api.failure.MeshException;
import io.kairos.lib.plugin.MavenCoordinates;
import io.kairos.lib.plugin.PackageKey;
import io.kairos.lib.plugin.PackageManifest;
import io.kairos.lib.plugin.PackageNames;
import io.kairos.lib.plugin.PackageSigner;
import io.kairos.lib.plugin.PackageVersion;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The packager by hand. */
public final class Main {

    private static final String USAGE = """
            keygen  --key FILE                                draws a key; the public half is printed and kept beside it
            pack    --id GROUP:ARTIFACT:VERSION --features FILE [--name NAME] [--title TEXT] [--out FILE] [--key FILE]
                    [--expires TIME] [--node VERSION] [--replaces VERSION] [--needs TEXT] mvn:GROUP/ARTIFACT/VERSION[/TYPE[/CLASSIFIER]]=FILE ...
            pack-node --version VERSION [--name NAME] [--title TEXT] [--out FILE] [--key FILE] [--expires TIME] [--replaces VERSION]
                    DISTRIBUTION                              a whole node, from its folder or tar.gz
            sign    --key FILE [--key FILE ...] PACKAGE       replaces its signatures
            verify  --trust ed25519:KEY|FILE.pub PACKAGE      what it holds, and whether that key has signed it
            show    PACKAGE

            The passphrase of a key, where it has one or shall get one, stands in KAIROS_KEY_PASSPHRASE.
            """;

    private final PrintStream out;
    private final Map<String, String> environment;
    private final Clock clock;

    Main(PrintStream out, Map<String, String> environment, Clock clock) {
        this.out = out;
        this.environment = environment;
        this.clock = clock;
    }

    /** Exits with 0, or with 1 after telling what went wrong and what to do. */
    public static void main(String[] arguments) {
        System.exit(new Main(System.out, System.getenv(), Clock.systemUTC()).run(arguments));
    }

    int run(String... arguments) {
        try {
            if (arguments.length == 0) {
                out.print(USAGE);
                return 2;
            }
            Given given = Given.read(arguments);
            switch (arguments[0]) {
                case "keygen" -> keygen(given);
                case "pack" -> pack(given);
                case "pack-node" -> packNode(given);
                case "sign" -> sign(given);
                case "verify" -> verify(given);
                case "show" -> show(given);
                default -> {
                    out.print(USAGE);
                    return 2;
                }
            }
            return 0;
        } catch (MeshException e) {
            out.println(e.failure().toText());
        } catch (IOException | MalformedException e) {
            out.println(e.getMessage() == null ? e.toString() : e.getMessage());
        }
        return 1;
    }

    /** What stands behind the command: options, which may come again, and the rest. */
    private record Given(Map<String, List<String>> options, List<String> rest) {

        static Given read(String[] arguments) {
            Map<String, List<String>> options = new HashMap<>();
            List<String> rest = new ArrayList<>();
            for (int i = 1; i < arguments.length; i++) {
                if (!arguments[i].startsWith("--")) {
                    rest.add(arguments[i]);
                } else if (++i == arguments.length) {
                    throw wrong(arguments[i - 1] + " has no value");
                } else {
                    options.computeIfAbsent(arguments[i - 1], key -> new ArrayList<>())
                            .add(arguments[i]);
                }
            }
            return new Given(options, rest);
        }

        List<String> all(String option) {
            return options.getOrDefault(option, List.of());
        }

        Optional<String> one(String option) {
            return all(option).stream().findFirst();
        }

        String require(String option) {
            return one(option).orElseThrow(() -> wrong(option + " is missing"));
        }

        Path onlyFile() {
            if (rest.size() != 1) {
                throw wrong("exactly one file is expected");
            }
            return Path.of(rest.get(0));
        }
    }

    private void keygen(Given given) throws IOException {
        Path file = Path.of(given.require("--key"));
        PackageKey key = KeyFile.create(file, passphrase());
        Path beside = publicFile(file);
        Files.writeString(beside, key.text() + "\n");
        out.println("private key  " + file + (passphrase().isPresent() ? " (with a passphrase)" : ""));
        out.println("public key   " + key.text());
        out.println("key id       " + key.id());
    }

    static Path publicFile(Path file) {
        return file.resolveSibling(file.getFileName() + ".pub");
    }

    private void pack(Given given) throws IOException {
        String[] id = given.require("--id").split(":", -1);
        if (id.length != 3) {
            throw wrong("--id is not GROUP:ARTIFACT:VERSION");
        }
        MavenCoordinates self = new MavenCoordinates(id[0], id[1], id[2], "kar", "");
        String name = given.one("--name").orElse(self.artifact());
        Path target = Path.of(given.one("--out").orElse(name + "-" + self.version() + ".kar"));
        List<PackageSigner> signers = signers(given);
        PackageManifest written = new Packing(
                        name,
                        given.one("--title").orElse(name),
                        self,
                        Files.readAllBytes(Path.of(given.require("--features"))),
                        files(given.rest()),
                        clock.instant().truncatedTo(ChronoUnit.SECONDS),
                        given.one("--expires").map(Instant::parse),
                        given.one("--node").map(PackageVersion::of),
                        given.one("--replaces").map(PackageVersion::of),
                        given.all("--needs"))
                .write(target, signers);
        out.println(told(target, written, signers));
    }

    private void packNode(Given given) throws IOException {
        PackageVersion version = PackageVersion.of(given.require("--version"));
        String name = given.one("--name").orElse("kairos");
        Path target = Path.of(given.one("--out").orElse(PackageNames.fileName(name, version)));
        List<PackageSigner> signers = signers(given);
        PackageManifest written = new NodePacking(
                        given.onlyFile(),
                        name,
                        given.one("--title").orElse("Kairos " + version),
                        version,
                        clock.instant().truncatedTo(ChronoUnit.SECONDS),
                        given.one("--expires").map(Instant::parse),
                        given.one("--replaces").map(PackageVersion::of))
                .write(target, signers);
        out.println(told(target, written, signers));
    }

    /** Files by coordinates, from {@code mvn:…=FILE}. */
    static Map<MavenCoordinates, Path> files(List<String> entries) {
        Map<MavenCoordinates, Path> files = new HashMap<>();
        for (String entry : entries) {
            int equals = entry.indexOf('=');
            if (equals < 0) {
                throw wrong(entry + " is not mvn:…=FILE");
            }
            files.put(MavenCoordinates.ofUrl(entry.substring(0, equals)), Path.of(entry.substring(equals + 1)));
        }
        return files;
    }

    private void sign(Given given) throws IOException {
        Path file = given.onlyFile();
        List<PackageSigner> signers = signers(given);
        if (signers.isEmpty()) {
            throw wrong("--key is missing");
        }
        try (PackageOnDisk read = PackageOnDisk.open(file)) {
            read.sign(file, signers);
            out.println(told(file, read.manifest(), signers));
        }
    }

    private void verify(Given given) throws IOException {
        List<PackageKey> keys = new ArrayList<>();
        for (String trusted : given.all("--trust")) {
            keys.add(trusted(trusted));
        }
        try (PackageOnDisk read = PackageOnDisk.open(given.onlyFile())) {
            read.report(keys).forEach(out::println);
            read.requireSignedBy(keys);
        }
    }

    private void show(Given given) throws IOException {
        try (PackageOnDisk read = PackageOnDisk.open(given.onlyFile())) {
            read.report(List.of()).forEach(out::println);
        }
    }

    /** A public key as text, or the file that holds it. */
    static PackageKey trusted(String text) throws IOException {
        return PackageKey.of(
                text.startsWith(PackageKey.ED25519 + ":")
                        ? text
                        : Files.readString(Path.of(text)).strip());
    }

    /** What was made, in one line. */
    static String told(Path target, PackageManifest written, List<PackageSigner> signers) {
        String by = signers.isEmpty()
                ? "not signed: every node in production refuses it"
                : "signed by "
                        + String.join(
                                ", ",
                                signers.stream()
                                        .map(signer -> signer.key().id())
                                        .toList());
        return "%s: %d files, %s".formatted(target, written.files().size(), by);
    }

    private List<PackageSigner> signers(Given given) throws IOException {
        List<PackageSigner> signers = new ArrayList<>();
        for (String key : given.all("--key")) {
            signers.add(KeyFile.read(Path.of(key), passphrase()));
        }
        return signers;
    }

    private Optional<char[]> passphrase() {
        return Optional.ofNullable(environment.get("KAIROS_KEY_PASSPHRASE"))
                .filter(text -> !text.isEmpty())
                .map(String::toCharArray);
    }

    private static MeshException wrong(String what) {
        return new MeshException(Failure.Kind.CONFIGURATION, what, "Without arguments it tells what it understands.");
    }
}
