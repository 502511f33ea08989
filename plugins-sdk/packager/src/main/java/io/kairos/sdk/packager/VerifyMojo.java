package io.kairos.sdk.packager;

import io.kairos.lib.plugin.PackageKey;
import java.io.File;
import java.util.List;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Says what a package holds and fails unless the given key has signed it. */
@Mojo(name = "verify", requiresProject = false, threadSafe = true)
public final class VerifyMojo extends AbstractMojo {

    /** The public key as text, or the file that holds it. */
    @Parameter(property = "kairos.trust", required = true)
    private String trust;

    @Parameter(
            property = "kairos.package",
            required = true,
            defaultValue = "${project.build.directory}/${project.build.finalName}.kar")
    private File file;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        Mojos.run(() -> {
            List<PackageKey> keys = List.of(Main.trusted(trust));
            try (PackageOnDisk read = PackageOnDisk.open(file.toPath())) {
                read.report(keys).forEach(getLog()::info);
                read.requireSignedBy(keys);
            }
        });
    }
}
