package io.kairos.sdk.packager;

import io.kairos.lib.plugin.PackageSigner;
import java.io.File;
import java.util.List;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Signs a package that was made already; its earlier signatures are replaced. */
@Mojo(name = "sign", requiresProject = false, threadSafe = true)
public final class SignMojo extends AbstractMojo {

    @Parameter(property = "kairos.key", required = true)
    private File key;

    @Parameter(
            property = "kairos.package",
            required = true,
            defaultValue = "${project.build.directory}/${project.build.finalName}.kar")
    private File file;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        Mojos.run(() -> {
            List<PackageSigner> signers = List.of(KeyFile.read(key.toPath(), Mojos.passphrase()));
            try (PackageOnDisk read = PackageOnDisk.open(file.toPath())) {
                read.sign(file.toPath(), signers);
                getLog().info(Main.told(file.toPath(), read.manifest(), signers));
            }
        });
    }
}
