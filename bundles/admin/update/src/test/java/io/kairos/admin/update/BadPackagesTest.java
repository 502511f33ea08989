package io.kairos.admin.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.MeshException;
import io.kairos.lib.plugin.PackageVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Packages that must not be installed, on a node that has one plugin: each is refused with a message and a remedy, and bundles,
 * features, configurations and every file of the node are as they were.
 */
class BadPackagesTest {

    @TempDir
    Path folder;

    private int nodes;

    /** Makes a bad package. */
    private interface Bad {
        Path make(Bench bench) throws IOException;
    }

    private record Case(String name, String reason, Bad bad) {}

    @TestFactory
    List<DynamicTest> isRefusedAndNothingChanges() {
        List<Case> cases = new ArrayList<>();
        structure(cases);
        signatures(cases);
        history(cases);
        contents(cases);
        behaviour(cases);
        assertTrue(cases.size() >= 40, cases.size() + " cases");
        return cases.stream()
                .map(one -> DynamicTest.dynamicTest(one.name(), () -> refuses(one)))
                .toList();
    }

    private void refuses(Case one) throws IOException {
        Bench bench = new Bench(folder.resolve("node" + nodes++));
        bench.install(bench.alice.pack(bench.outside(), new Maker.Draft()));
        Path file = one.bad().make(bench);
        String before = bench.state();

        MeshException refusal = assertThrows(MeshException.class, () -> bench.install(file));

        assertTrue(refusal.getMessage().contains(one.reason()), refusal.getMessage());
        assertFalse(refusal.remedy().isBlank());
        assertEquals(before, bench.state());
    }

    // ---- the file

    private static void structure(List<Case> cases) {
        cases.add(new Case("no file", "there is no", bench -> bench.outside().resolve("nothing.kar")));
        cases.add(new Case(
                "empty file",
                "shorter than",
                bench -> Files.createFile(bench.outside().resolve("x.kar"))));
        cases.add(new Case(
                "not an archive",
                "does not end as",
                bench -> Files.writeString(bench.outside().resolve("x.kar"), "#!/bin/sh\n".repeat(100))));
        cases.add(new Case(
                "cut off",
                "does not end as",
                bench -> changed(bench, bytes -> Arrays.copyOf(bytes, bytes.length - 9))));
        cases.add(new Case(
                "bytes behind",
                "does not end as",
                bench -> changed(bench, bytes -> Arrays.copyOf(bytes, bytes.length + 9))));
        cases.add(new Case(
                "bytes before",
                "bytes lie between",
                bench -> changed(bench, bytes -> {
                    byte[] longer = new byte[bytes.length + 9];
                    System.arraycopy(bytes, 0, longer, 9, bytes.length);
                    return longer;
                })));
        cases.add(new Case(
                "header and directory disagree",
                "disagree",
                bench -> changed(bench, bytes -> {
                    bytes[30] = 'X'; // the name of the first entry, in front of it
                    return bytes;
                })));
        cases.add(new Case(
                "entry of another size",
                "disagree",
                bench -> changed(bench, bytes -> {
                    bytes[18]++;
                    return bytes;
                })));
        cases.add(new Case(
                "compressed, as in a bomb",
                "sizes behind it",
                bench -> zip(bench, ZipEntry.DEFLATED, zip -> {
                    put(zip, "KAIROS-INF/manifest", new byte[100_000]);
                })));
        cases.add(new Case(
                "a path upwards",
                "is not a path",
                bench -> zip(bench, ZipEntry.STORED, zip -> {
                    put(zip, "../../etc/keys.properties", new byte[10]);
                })));
        cases.add(new Case(
                "an absolute path",
                "is not a path",
                bench -> zip(bench, ZipEntry.STORED, zip -> {
                    put(zip, "/etc/keys.properties", new byte[10]);
                })));
        cases.add(new Case(
                "a backslash",
                "is not a path",
                bench -> zip(bench, ZipEntry.STORED, zip -> {
                    put(zip, "repository\\x.jar", new byte[10]);
                })));
        cases.add(new Case(
                "a folder",
                "is not a path",
                bench -> zip(bench, ZipEntry.STORED, zip -> {
                    put(zip, "repository/", new byte[0]);
                })));
        cases.add(new Case(
                "no manifest",
                "has no KAIROS-INF/manifest",
                bench -> zip(bench, ZipEntry.STORED, zip -> {
                    put(zip, "repository/x.jar", new byte[10]);
                })));
        cases.add(new Case(
                "too many entries",
                "more than 2048",
                bench -> zip(bench, ZipEntry.STORED, zip -> {
                    for (int i = 0; i < 2_049; i++) {
                        put(zip, "repository/x" + i, new byte[0]);
                    }
                })));
        cases.add(new Case("an entry twice", "there twice", bench -> twins(bench, "repository/a")));
        cases.add(new Case("a symbolic link", "link", bench -> {
            Path file = zip(bench, ZipEntry.STORED, zip -> put(zip, "repository/a", new byte[4]));
            byte[] bytes = Files.readAllBytes(file);
            int directory = bytes.length - 22 - 46 - "repository/a".length();
            bytes[directory + 41] = (byte) 0xA1; // type of a link in the directory's attributes
            return Files.write(file, bytes);
        }));
        cases.add(new Case("larger than allowed", "does not end as", bench -> {
            Path file = bench.outside().resolve("large.kar");
            try (var channel = Files.newByteChannel(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                channel.position(3L << 20).write(ByteBuffer.wrap(new byte[1]));
            }
            return file;
        }));
    }

    // ---- who says so

    private static void signatures(List<Case> cases) {
        cases.add(new Case("unsigned", "not signed", bench -> {
            Maker.Draft draft = next();
            draft.isSigned = false;
            return bench.alice.pack(bench.outside(), draft);
        }));
        cases.add(new Case(
                "signed by a stranger",
                "No key that this node trusts",
                bench -> new Maker().pack(bench.outside(), next())));
        cases.add(new Case("signed by a key that was removed", "trusts no key", bench -> {
            bench.desk.distrust("alice");
            return bench.alice.pack(bench.outside(), next());
        }));
        cases.add(new Case("the list of keys is damaged", "cannot be read", bench -> {
            Files.writeString(bench.node.resolve("etc/plugin.keys"), "alice = nonsense\n");
            return bench.alice.pack(bench.outside(), next());
        }));
        cases.add(new Case(
                "a byte of the jar changed",
                "was changed after",
                bench -> changed(bench, bytes -> {
                    bytes[find(bytes, "META-INF/MANIFEST.MF")]++;
                    return bytes;
                })));
        cases.add(new Case(
                "a byte of the features changed",
                "was changed after",
                bench -> changed(bench, bytes -> {
                    bytes[find(bytes, "start-level")]++;
                    return bytes;
                })));
        cases.add(new Case(
                "a byte of the manifest changed",
                "No key",
                bench -> changed(bench, bytes -> {
                    bytes[find(bytes, "title: Hello") + 7] = 'J';
                    return bytes;
                })));
        cases.add(new Case(
                "a digit of a digest changed",
                "",
                bench -> changed(bench, bytes -> {
                    int at = find(bytes, "file: ") + 6;
                    bytes[at] = bytes[at] == '0' ? (byte) '1' : (byte) '0';
                    return bytes;
                })));
        cases.add(new Case(
                "a byte of the signature changed",
                "No key",
                bench -> changed(bench, bytes -> {
                    int at = find(bytes, "ed25519 ") + 40;
                    bytes[at] = bytes[at] == 'A' ? (byte) 'B' : (byte) 'A';
                    return bytes;
                })));
    }

    // ---- when, and after what

    private static void history(List<Case> cases) {
        cases.add(new Case(
                "expired",
                "expired",
                bench -> manifest(
                        bench,
                        draft -> draft.manifest =
                                manifest -> manifest.withExpires(Instant.parse("2026-05-01T00:00:00Z")))));
        cases.add(new Case("not valid yet", "valid from", bench -> {
            bench.now = Instant.parse("2025-01-01T00:00:00Z");
            return bench.alice.pack(bench.outside(), next());
        }));
        cases.add(new Case(
                "needs a newer node",
                "needs Kairos 9.0.0",
                bench -> manifest(
                        bench, draft -> draft.manifest = manifest -> manifest.withNode(PackageVersion.of("9.0.0")))));
        cases.add(new Case(
                "needs a step between",
                "can replace 1.5.0",
                bench -> manifest(
                        bench,
                        draft -> draft.manifest = manifest -> manifest.withReplaces(PackageVersion.of("1.5.0")))));
        cases.add(new Case(
                "older than installed", "is older", bench -> manifest(bench, draft -> draft.version = "0.9.0")));
        cases.add(new Case("older than ever installed", "is older", bench -> {
            bench.install(manifest(bench, draft -> draft.version = "3.0.0"));
            bench.desk.apply(bench.desk.planRollback("hello"), step -> {});
            return bench.alice.pack(bench.outside(), next());
        }));
        cases.add(new Case(
                "the same once more",
                "installed already",
                bench -> bench.alice.pack(bench.outside(), new Maker.Draft())));
        cases.add(new Case(
                "the same version with other content",
                "same name and version",
                bench -> manifest(bench, draft -> {
                    draft.version = "1.0.0";
                    draft.path = "org/other";
                })));
        cases.add(new Case("the name of another maker", "belongs to another key", bench -> {
            Maker bob = new Maker();
            bench.desk.trust("bob", bob.key().text());
            return bob.pack(bench.outside(), next());
        }));
    }

    // ---- what is in it

    private static void contents(List<Case> cases) {
        cases.add(new Case(
                "coordinates of the distribution",
                "part of this distribution",
                bench -> manifest(
                        bench,
                        draft -> draft.more.put("repository/io/kairos/core/1.0.0/core-1.0.0.jar", new byte[9]))));
        cases.add(new Case(
                "coordinates of another package",
                "other bytes",
                bench -> manifest(bench, draft -> {
                    draft.name = "other";
                    draft.symbolicName = "org.example.other";
                    draft.more.put("repository/org/example/hello/1.0.0/hello-1.0.0.jar", new byte[9]);
                })));
        cases.add(new Case(
                "a bundle from the network",
                "mvn:",
                bench -> features(
                        bench, xml -> xml.replace("mvn:org.example/hello/2.0.0", "https://evil.example/x.jar"))));
        cases.add(new Case(
                "a bundle that is nowhere",
                "neither in the package",
                bench -> features(
                        bench, xml -> xml.replace("mvn:org.example/hello/2.0.0", "mvn:org.example/other/2.0.0"))));
        cases.add(new Case(
                "a version range",
                "is not",
                bench -> features(bench, xml -> xml.replace("hello/2.0.0</b", "hello/[1,9)</b"))));
        cases.add(new Case(
                "another repository",
                "<repository>",
                bench -> features(
                        bench, xml -> xml.replace("<feature ", "<repository>mvn:a/b/1/xml</repository><feature "))));
        cases.add(new Case(
                "a file for etc",
                "is not for /etc/hello/",
                bench -> features(
                        bench,
                        xml -> xml.replace(
                                "<config ", "<configfile finalname=\"../x\">mvn:a/b/1</configfile><config "))));
        cases.add(new Case(
                "settings of others replaced",
                "attribute override",
                bench -> features(bench, xml -> xml.replace("<config ", "<config override=\"true\" "))));
        cases.add(new Case(
                "a start level before the node",
                "start level 1",
                bench -> features(bench, xml -> xml.replace("start-level=\"70\"", "start-level=\"1\""))));
        cases.add(new Case(
                "an entity",
                "not XML as expected",
                bench -> features(bench, xml -> "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + xml)));
        cases.add(new Case(
                "an address that is an abyss of elements",
                "holds more than an address",
                bench -> features(
                        bench,
                        xml -> xml.replace(
                                "mvn:org.example/hello/2.0.0", "<a>".repeat(100_000) + "</a>".repeat(100_000)))));
        cases.add(new Case(
                "a text that multiplies itself",
                "not XML as expected",
                bench -> features(
                        bench,
                        xml -> "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]>"
                                + xml.replace("a = 1", "a = &b;"))));
        cases.add(new Case(
                "a document that includes others",
                "<include>",
                bench -> features(
                        bench,
                        xml -> xml.replace(
                                "<feature ",
                                "<include xmlns=\"http://www.w3.org/2001/XInclude\" href=\"file:///etc/passwd\" parse=\"text\"/>"
                                        + "<feature "))));
        cases.add(new Case(
                "a manifest that does not end",
                "has a manifest of more than",
                bench -> manifest(bench, draft -> draft.headers.put("X-Long", "x".repeat(3 << 20)))));
        cases.add(new Case(
                "a file for the keys by another way",
                "is not for /etc/hello/",
                bench -> features(
                        bench,
                        xml -> xml.replace(
                                "<config ",
                                "<configfile finalname=\"/etc/hello/..\">mvn:a/b/1</configfile><config "))));
        cases.add(new Case(
                "a feature of the distribution",
                "another one of this name",
                bench -> features(
                        bench,
                        xml -> xml.replace("</features>", "<feature name='kairos-core' version='9'/></features>"))));
        cases.add(new Case(
                "the promised feature is missing",
                "no feature hello",
                bench -> features(bench, xml -> xml.replace("feature name=\"hello\"", "feature name=\"hallo\""))));
        cases.add(new Case(
                "a second core bundle",
                "like a bundle that is here",
                bench -> manifest(bench, draft -> draft.symbolicName = "io.kairos.core.router")));
        cases.add(new Case(
                "a fragment of a core bundle",
                "fragment of io.kairos.core.router",
                bench -> manifest(bench, draft -> draft.headers.put("Fragment-Host", "io.kairos.core.router"))));
        cases.add(new Case(
                "an extension of the framework",
                "fragment of system.bundle",
                bench -> manifest(
                        bench, draft -> draft.headers.put("Fragment-Host", "system.bundle;extension:=framework"))));
        cases.add(new Case(
                "a package that a core bundle would like",
                "wired anew",
                bench -> manifest(
                        bench, draft -> draft.headers.put("Export-Package", "io.kairos.optional;version=\"9,1\""))));
    }

    // ---- what it does

    private static void behaviour(List<Case> cases) {
        for (String[] fault : new String[][] {
            {"unresolvable", "cannot be resolved"},
            {"halfway", "could not be changed"},
            {"fails", "did not pass its test"},
            {"stops", "it stopped io.kairos.core.router"},
            {"harms", "Interface lan is down"}
        }) {
            cases.add(new Case("an update that " + fault[0], fault[1], bench -> {
                bench.container.faults.put("2.0.0", fault[0]);
                return bench.alice.pack(bench.outside(), next());
            }));
        }
        for (String step : List.of("begin", "journal", "archived", "allowed", "cleared", "applied", "tested")) {
            cases.add(new Case("disk full at " + step, "No space left", bench -> {
                bench.steps = reached -> {
                    if (reached.equals(step)) {
                        throw new IOException("No space left on device");
                    }
                };
                return bench.alice.pack(bench.outside(), next());
            }));
        }
    }

    private static Maker.Draft next() {
        Maker.Draft draft = new Maker.Draft();
        draft.version = "2.0.0";
        return draft;
    }

    private static Path manifest(Bench bench, Consumer<Maker.Draft> change) throws IOException {
        Maker.Draft draft = next();
        change.accept(draft);
        return bench.alice.pack(bench.outside(), draft);
    }

    private static Path features(Bench bench, UnaryOperator<String> change) throws IOException {
        return manifest(bench, draft -> draft.features = change);
    }

    private static Path changed(Bench bench, UnaryOperator<byte[]> change) throws IOException {
        Path file = bench.alice.pack(bench.outside(), next());
        return Files.write(file, change.apply(Files.readAllBytes(file)));
    }

    private static int find(byte[] bytes, String text) {
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
        assertTrue(at >= 0, text);
        return at;
    }

    /** Writes entries. */
    private interface Entries {
        void write(ZipOutputStream zip) throws IOException;
    }

    private static Path zip(Bench bench, int method, Entries entries) throws IOException {
        Path file = Files.createTempFile(bench.outside(), "bad", ".kar");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setMethod(method);
            entries.write(zip);
        }
        return file;
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    /** The library refuses to write a name twice, so the second name is changed afterwards, in header and directory. */
    private static Path twins(Bench bench, String name) throws IOException {
        String other = name.substring(0, name.length() - 1) + "b";
        Path file = zip(bench, ZipEntry.STORED, zip -> {
            put(zip, name, new byte[4]);
            put(zip, other, new byte[4]);
        });
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        return Files.write(file, text.replace(other, name).getBytes(StandardCharsets.ISO_8859_1));
    }
}
