package io.kairos.sdk.packager;

import io.kairos.lib.plugin.PackageKey;
import java.io.File;
import java.nio.file.Files;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Draws a key that signs packages; its public half is printed and kept beside it. */
@Mojo(name = "keygen", requiresProject = false, threadSafe = true)
public final class KeygenMojo extends AbstractMojo {

    /** Where the private key goes; never overwritten. */
    @Parameter(property = "kairos.key", required = true)
    private File key;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        Mojos.run(() -> {
            PackageKey drawn = KeyFile.create(key.toPath(), Mojos.passphrase());
            Files.writeString(Main.publicFile(key.toPath()), drawn.text() + "\n");
            getLog().info("private key  " + key);
            getLog().info("public key   " + drawn.text());
            getLog().info("key id       " + drawn.id());
        });
    }
}
