package io.kairos.sdk.packager;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.failure.MeshException;
import java.io.IOException;
import java.util.Optional;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/** What the goals share. */
final class Mojos {

    private Mojos() {}

    /** Something that may fail with a remedy. */
    interface Job {
        void run() throws IOException;
    }

    /** Runs a goal; a failure is told with its remedy. */
    static void run(Job job) throws MojoExecutionException, MojoFailureException {
        try {
            job.run();
        } catch (MeshException e) {
            throw new MojoFailureException(e.failure().toText(), e);
        } catch (MalformedException e) {
            throw new MojoFailureException(e.getMessage(), e);
        } catch (IOException e) {
            throw new MojoExecutionException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The passphrase of the key; never on a command line, where everybody on the machine can read it. */
    static Optional<char[]> passphrase() {
        return Optional.ofNullable(System.getenv("KAIROS_KEY_PASSPHRASE"))
                .filter(text -> !text.isEmpty())
                .map(String::toCharArray);
    }
}
