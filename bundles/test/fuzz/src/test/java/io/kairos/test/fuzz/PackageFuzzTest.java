package io.kairos.test.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kairos.api.failure.MalformedException;
import io.kairos.lib.plugin.PackageManifestCodec;
import io.kairos.lib.plugin.PackageReader;
import io.kairos.lib.plugin.PackageSource;
import io.kairos.lib.plugin.PluginPackage;
import java.io.IOException;
import java.util.Arrays;

/** A file that is read as a package is sound in every part; a manifest has one text only. */
class PackageFuzzTest {

    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void readsOrRefuses(byte[] bytes) throws IOException {
        try {
            PluginPackage read = PackageReader.open(PackageSource.of(bytes));
            read.checkFiles();
            Fuzzing.check(!read.manifest().files().isEmpty(), "files");
        } catch (MalformedException expected) {
            // that is what it is for
        }
        try {
            byte[] again = PackageManifestCodec.encode(PackageManifestCodec.decode(bytes));
            Fuzzing.check(Arrays.equals(bytes, again), "two texts for one manifest");
        } catch (MalformedException expected) {
            // that is what it is for
        }
    }
}
