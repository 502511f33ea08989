package io.kairos.sdk.packager;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.lib.plugin.MavenCoordinates;
import io.kairos.lib.plugin.PackageManifest;
import io.kairos.lib.plugin.PackageSigner;
import io.kairos.lib.plugin.PackageVersion;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProject;

/** Makes the package of a plugin out of its feature repository, its bundle and what else the repository names. */
@Mojo(
        name = "package",
        defaultPhase = LifecyclePhase.PACKAGE,
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true)
public final class PackageMojo extends AbstractMojo {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z0-9._-]+)}");

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    /** The feature repository; <code>${project.version}</code> and the project's properties are filled in. */
    @Parameter(property = "kairos.features", defaultValue = "${project.basedir}/src/main/feature/feature.xml")
    private File features;

    /** Name of the package: lower-case letters, digits, dots and dashes; the same in every version. */
    @Parameter(property = "kairos.name", defaultValue = "${project.artifactId}")
    private String name;

    /** One line for people. */
    @Parameter(property = "kairos.title", defaultValue = "${project.name}")
    private String title;

    /** Private key to sign with. Without one the package is refused by every node in production. */
    @Parameter(property = "kairos.key")
    private File key;

    /** When the package was made. */
    @Parameter(property = "kairos.created", defaultValue = "${project.build.outputTimestamp}")
    private String created;

    /** From when on it is not installed any more, for example 2030-01-01T00:00:00Z. */
    @Parameter(property = "kairos.expires")
    private String expires;

    /** Lowest version of the node it runs on. */
    @Parameter(property = "kairos.node")
    private String node;

    /** Lowest installed version that it may replace. */
    @Parameter(property = "kairos.replaces")
    private String replaces;

    /** What has to be there besides, in words: an RNode on a serial port. */
    @Parameter
    private List<String> needs;

    /** What the repository names besides bundles and dependencies, as mvn:GROUP/ARTIFACT/VERSION/TYPE=FILE. */
    @Parameter
    private List<String> files;

    @Parameter(property = "kairos.package", defaultValue = "${project.build.directory}/${project.build.finalName}.kar")
    private File target;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        Mojos.run(this::pack);
    }

    private void pack() throws IOException {
        if (!features.isFile()) {
            if (project.getPackaging().equals("pom")) {
                return; // a parent of plugins
            }
            throw new MeshException(
                    Failure.Kind.CONFIGURATION,
                    "There is no feature repository " + features,
                    "Write it as docs/plugins/package-and-sign.md shows, or say where it is: <features>.");
        }
        MavenCoordinates self =
                new MavenCoordinates(project.getGroupId(), project.getArtifactId(), project.getVersion(), "kar", "");
        List<PackageSigner> signers = key == null ? List.of() : List.of(KeyFile.read(key.toPath(), Mojos.passphrase()));
        PackageManifest written = new Packing(
                        name,
                        title,
                        self,
                        filled(Files.readString(features.toPath())).getBytes(StandardCharsets.UTF_8),
                        files(),
                        createdAt(),
                        given(expires).map(Instant::parse),
                        given(node).map(PackageVersion::of),
                        given(replaces).map(PackageVersion::of),
                        needs == null ? List.of() : needs)
                .write(target.toPath(), signers);
        attach();
        String told = Main.told(target.toPath(), written, signers);
        if (signers.isEmpty()) {
            getLog().warn(told + ". Sign it: mvn package -Dkairos.key=FILE");
        } else {
            getLog().info(told);
        }
    }

    private void attach() {
        Artifact attached = new DefaultArtifact(
                project.getGroupId(),
                project.getArtifactId(),
                project.getVersion(),
                null,
                "kar",
                null,
                new DefaultArtifactHandler("kar"));
        attached.setFile(target);
        project.getAttachedArtifacts().add(attached);
    }

    private Instant createdAt() {
        String text = given(created).filter(value -> value.contains("T")).orElse("");
        return text.isEmpty() ? Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS) : Instant.parse(text);
    }

    /** What the repository may name: what this project has made and what it depends on. */
    private Map<MavenCoordinates, Path> files() {
        Map<MavenCoordinates, Path> found = new HashMap<>(Main.files(files == null ? List.of() : files));
        project.getArtifacts().forEach(artifact -> add(found, artifact));
        project.getAttachedArtifacts().forEach(artifact -> add(found, artifact));
        add(found, project.getArtifact());
        return found;
    }

    private static void add(Map<MavenCoordinates, Path> files, Artifact artifact) {
        if (artifact.getFile() == null || !artifact.getFile().isFile()) {
            return;
        }
        String type = artifact.getArtifactHandler().getExtension();
        files.put(
                new MavenCoordinates(
                        artifact.getGroupId(),
                        artifact.getArtifactId(),
                        artifact.getBaseVersion(),
                        type,
                        artifact.getClassifier() == null ? "" : artifact.getClassifier()),
                artifact.getFile().toPath());
    }

    private String filled(String text) {
        Matcher matcher = VARIABLE.matcher(text);
        return matcher.replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), found.group())));
    }

    private String value(String variable, String otherwise) {
        return switch (variable) {
            case "project.groupId" -> project.getGroupId();
            case "project.artifactId" -> project.getArtifactId();
            case "project.version" -> project.getVersion();
            case "project.name" -> project.getName();
            default -> project.getProperties().getProperty(variable, otherwise);
        };
    }

    private static Optional<String> given(String value) {
        return Optional.ofNullable(value).filter(text -> !text.isBlank());
    }
}
