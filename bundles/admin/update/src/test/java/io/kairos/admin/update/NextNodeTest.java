package io.kairos.admin.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.lib.plugin.PackageVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

/** Installed plugins before a version of the node that does not run yet. */
class NextNodeTest {

    private static final PackageVersion NEXT = PackageVersion.of("0.3.0");

    @TempDir
    Path folder;

    private Bench bench;
    private Path distribution;

    @BeforeEach
    void aVersion() throws IOException {
        bench = new Bench(folder.resolve("node"));
        distribution = folder.resolve("next");
        ship(
                "io/kairos/io.kairos.api.transport/2.0.0",
                "io.kairos.api.transport",
                "io.kairos.api.transport;version=\"2.0.0\"");
        ship(
                "io/kairos/io.kairos.lib.medium/0.3.0",
                "io.kairos.lib.medium",
                "io.kairos.lib.medium;version=\"1.2.0\";uses:=\"a,b\"");
        Files.writeString(distribution.resolve("system/no-bundle.jar"), "not a jar");
    }

    private void ship(String path, String name, String exports) throws IOException {
        Path place = Files.createDirectories(distribution.resolve("system").resolve(path));
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.putValue("Manifest-Version", "1.0");
        attributes.putValue("Bundle-SymbolicName", name + ";singleton:=true");
        attributes.putValue("Bundle-Version", place.getFileName().toString());
        attributes.putValue("Export-Package", exports);
        String file = place.getParent().getFileName() + "-" + place.getFileName() + ".jar";
        new JarOutputStream(Files.newOutputStream(place.resolve(file)), manifest).close();
    }

    private List<LeftOut> leftOut(Map<String, String> headers) throws IOException {
        Maker.Draft draft = new Maker.Draft();
        draft.headers.putAll(headers);
        bench.install(bench.alice.pack(bench.outside(), draft));
        List<BundleTies.Offer> framework =
                List.of(BundleTies.Offer.ofPackage("org.osgi.framework", new Version("1.10.0")));
        return bench.desk.leftOutIn(new NextNode(NEXT, distribution, framework), NEXT);
    }

    @Test
    void aPluginWhoseNeedsAreMetGoesAlong() throws IOException {
        assertEquals(
                List.of(),
                leftOut(Map.of(
                        "Export-Package",
                        "org.example.own;version=\"3\"",
                        "Import-Package",
                        "io.kairos.api.transport;version=\"[2.0,3)\",io.kairos.lib.medium;version=\"[1.0,2)\","
                                + "org.osgi.framework;version=\"[1.8,2)\",org.example.own;version=\"[3,4)\","
                                + "no.such.parcel;resolution:=optional",
                        "Require-Bundle",
                        "io.kairos.lib.medium;bundle-version=\"[0.1,1)\"")));
    }

    @Test
    void aPackageOfAnotherVersionIsNamedWithTheOneThereWillBe() throws IOException {
        LeftOut only = leftOut(Map.of("Import-Package", "io.kairos.api.transport;version=\"[1.4,2)\""))
                .get(0);

        assertEquals("0.3.0", only.node());
        assertEquals(
                "hello 1.0.0: it needs the package io.kairos.api.transport [1.4.0,2.0.0), and there will be 2.0.0",
                only.told());
        assertEquals(Set.of("org.example.hello"), only.bundles());
        assertEquals(only, LeftOut.of(only.toLine().strip()).orElseThrow());
    }

    @Test
    void whatIsNotThereAtAllIsNamed() throws IOException {
        String why = leftOut(Map.of("Import-Package", "io.kairos.gone", "Require-Bundle", "io.kairos.away"))
                .get(0)
                .why();

        assertTrue(why.contains("it needs the package io.kairos.gone 0.0.0, and there will be none"), why);
        assertTrue(why.contains("it needs the bundle io.kairos.away 0.0.0, and there will be none"), why);
    }

    @Test
    void aBundleThatTheVersionBringsItselfIsInTheWay() throws IOException {
        ship("org/example/other/1.0.0", "org.example.hello", "org.example.other");

        assertTrue(leftOut(Map.of()).get(0).why().contains("another bundle org.example.hello"));
    }

    @Test
    void aShippedBundleThatIsShippedInAnotherVersionIsNamed() throws IOException {
        Path shipped = Files.createDirectories(bench.node.resolve("system/io/kairos/core/1.0.0"));
        assertTrue(Files.exists(shipped.resolve("core-1.0.0.jar")));
        ship("io/kairos/core/1.1.0", "io.kairos.core", "io.kairos.core");
        Maker.Draft draft = new Maker.Draft();
        draft.features = xml -> xml.replace("</feature>", "<bundle>mvn:io.kairos/core/1.0.0</bundle></feature>");
        bench.install(bench.alice.pack(bench.outside(), draft));

        List<LeftOut> found = bench.desk.leftOutIn(new NextNode(NEXT, distribution, List.of()), NEXT);

        assertTrue(
                found.get(0).why().contains("mvn:io.kairos/core/1.0.0, and there will be 1.1.0"),
                found.get(0).why());
    }
}
