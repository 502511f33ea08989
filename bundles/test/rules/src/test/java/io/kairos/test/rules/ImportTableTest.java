package io.kairos.test.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class ImportTableTest {

    private static final ImportTable TABLE = ImportTable.of(List.of(
            "# a comment",
            "",
            "core/*       may     io.kairos.api org.slf4j",
            "core/link    may     org.apache.commons.compress",
            "core/*       never   java.sql",
            "transport/*  may     io.kairos.api",
            "transport/*  one-of  io.netty com.sun.jna",
            "api/*        exports"));

    @Test
    void allowsWhatTheTableNamesAndTheJdk() {
        assertEquals(
                List.of(), TABLE.findings(importing("core/router", "java.util", "io.kairos.api.time", "org.slf4j")));
    }

    @Test
    void namesBundleAndPackageOfABrokenRule() {
        assertEquals(
                List.of("core/router must not import io.netty.channel"),
                TABLE.findings(importing("core/router", "io.netty.channel")));
    }

    @Test
    void aNameThatOnlyBeginsLikeAnAllowedOneIsForbidden() {
        assertEquals(
                List.of("core/router must not import io.kairos.apix"),
                TABLE.findings(importing("core/router", "io.kairos.apix")));
    }

    @Test
    void anExceptionIsForOneBundleAlone() {
        assertEquals(
                List.of(), TABLE.findings(importing("core/link", "org.apache.commons.compress.compressors.bzip2")));
        assertEquals(
                List.of("core/router must not import org.apache.commons.compress.compressors.bzip2"),
                TABLE.findings(importing("core/router", "org.apache.commons.compress.compressors.bzip2")));
    }

    @Test
    void aPackageOfTheJdkCanBeForbidden() {
        assertEquals(
                List.of("core/store must not import java.sql"), TABLE.findings(importing("core/store", "java.sql")));
    }

    @Test
    void aTransportHasOneMediaLibrary() {
        assertEquals(List.of(), TABLE.findings(importing("transport/tcp", "io.netty.channel", "io.netty.buffer")));
        assertEquals(
                List.of("transport/tcp must not import more than one of [com.sun.jna, io.netty]"),
                TABLE.findings(importing("transport/tcp", "io.netty.channel", "com.sun.jna")));
    }

    @Test
    void onlyNamedBundlesExport() {
        ProductBundle api =
                new ProductBundle("api/time", List.of(), List.of(), List.of("io.kairos.api.time"), List.of());
        ProductBundle core =
                new ProductBundle("core/clock", List.of(), List.of(), List.of("io.kairos.core.clock"), List.of());

        assertEquals(List.of(), TABLE.findings(api));
        assertEquals(List.of("core/clock must not export io.kairos.core.clock"), TABLE.findings(core));
    }

    @Test
    void packedInAndDynamicallyImportedClassesDoNotGoAroundTheTable() {
        ProductBundle core = new ProductBundle(
                "core/clock", List.of(), List.of("io.netty.*"), List.of(), List.of("org/bouncycastle/Foo.class"));

        assertEquals(
                List.of(
                        "core/clock must not contain org/bouncycastle/Foo.class",
                        "core/clock must not import at run time: io.netty.*"),
                TABLE.findings(core));
    }

    @Test
    void aBundleNobodyWroteALineForIsAFinding() {
        assertEquals(
                List.of("games/chess: no line of the table is about this bundle"),
                TABLE.findings(importing("games/chess", "java.util")));
    }

    @Test
    void readsPackagesOutOfManifestHeaders() {
        assertEquals(
                List.of("a.b", "c", "d"),
                ProductBundle.packages("a.b;version=\"[1.0,2)\";uses:=\"x,y;z\",c;d;version=\"1\""));
    }

    @Test
    void aLineWithoutAVerbIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> ImportTable.of(List.of("core/*")));
        assertThrows(IllegalArgumentException.class, () -> ImportTable.of(List.of("core/* might io.netty")));
    }

    private static ProductBundle importing(String path, String... packages) {
        return new ProductBundle(path, List.of(packages), List.of(), List.of(), List.of());
    }
}
