package io.kairos.core.config;

import io.kairos.api.admin.Configurations;
import io.kairos.api.failure.Failure;
import io.kairos.api.health.Finding;
import io.kairos.api.role.NodeRole;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.MeshInterface;
import io.kairos.core.config.sample.SampleInterface;
import io.kairos.test.kit.ManualClock;
import io.kairos.test.kit.WaitFor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * The framework, configuration service, metatype service and component runtime that the node ships, started within the
 * test, with this bundle from its class folder and a bundle that stands for a transport.
 */
final class FelixRig {

    static final String SAMPLE = "io.kairos.transport.sample";

    private static final List<String> GROUND = List.of(
            "org.osgi.service.log.LogService",
            "org.osgi.util.function.Function",
            "org.osgi.util.promise.Promise",
            "org.osgi.service.component.ComponentContext",
            "org.apache.felix.cm.file.FilePersistenceManager",
            "org.apache.felix.metatype.MetaDataReader",
            "org.apache.felix.scr.info.ScrInfo");

    /** What the contracts that this bundle uses are known by, each in the version of its bundle. */
    private static final List<Class<?>> CONTRACTS = List.of(
            Configurations.class, Failure.class, Finding.class, MeshInterface.class, NodeRole.class, Timers.class);

    private static final String SHARED = String.join(
            ",",
            "io.kairos.core.config.sample",
            "org.osgi.service.cm;version=1.6.1",
            "org.osgi.service.metatype;version=1.4.1",
            "org.slf4j;version=1.7.36");

    private final ManualClock clock = new ManualClock();
    private final Framework framework;
    private final Path folder;
    private Bundle guard;
    private Bundle sample;

    FelixRig(Path folder) throws Exception {
        this.folder = folder;
        Map<String, String> settings = new HashMap<>();
        settings.put("org.osgi.framework.storage", folder.resolve("framework").toString());
        settings.put("org.osgi.framework.storage.clean", "onFirstInit"); // the node's data folder stays
        settings.put("org.osgi.framework.system.packages.extra", SHARED + contracts());
        settings.put("felix.fileinstall.dir", etc().toString());
        settings.put("felix.fileinstall.poll", "100");
        settings.put("felix.fileinstall.noInitialDelay", "true");
        settings.put("felix.fileinstall.enableConfigSave", "false");
        settings.put("felix.fileinstall.tmpdir", folder.resolve("tmp").toString());
        settings.put("karaf.data", folder.resolve("data").toString());
        framework = ServiceLoader.load(FrameworkFactory.class).iterator().next().newFramework(settings);
        framework.start();
        context().registerService(Timers.class, clock, null);
        List<Bundle> ground = new ArrayList<>();
        for (String type : GROUND) {
            ground.add(context()
                    .installBundle(
                            location(Class.forName(type, false, getClass().getClassLoader()))));
        }
        for (Bundle bundle : ground) {
            bundle.start();
        }
        SampleInterface.EVENTS.clear();
    }

    /** As the manifests beside the classes say, so that a new version of a contract is no business of this test. */
    private static String contracts() throws IOException {
        StringBuilder exports = new StringBuilder();
        for (Class<?> contract : CONTRACTS) {
            URL place = contract.getProtectionDomain().getCodeSource().getLocation();
            URL manifest = new URL(place.getPath().endsWith(".jar") ? "jar:" + place + "!/" : place.toString());
            try (InputStream in = new URL(manifest, JarFile.MANIFEST_NAME).openStream()) {
                exports.append(',').append(new Manifest(in).getMainAttributes().getValue("Export-Package"));
            }
        }
        return exports.toString();
    }

    /** Starts this bundle from its class folder, as it will be packed. */
    FelixRig startGuard() throws BundleException {
        if (guard == null) {
            guard = context().installBundle("reference:" + location(ConfigurationGuard.class));
        }
        guard.start();
        return this;
    }

    /** Watches the folder {@link #etc()} as the node does; from here on files count. */
    FelixRig startFileInstall() throws Exception {
        Files.createDirectories(etc());
        String type = "org.apache.felix.fileinstall.ArtifactListener";
        context()
                .installBundle(location(Class.forName(type, false, getClass().getClassLoader())))
                .start();
        return this;
    }

    Path etc() {
        return folder.resolve("etc");
    }

    FelixRig stopGuard() throws BundleException {
        guard.stop();
        return this;
    }

    /** A role comes; what it returns lets it leave. */
    ServiceRegistration<NodeRole> take(NodeRole role, int ranking) {
        ServiceRegistration<NodeRole> taken = takeUnsettled(role, ranking);
        settle();
        return taken;
    }

    /** The same, without letting any time pass. */
    ServiceRegistration<NodeRole> takeUnsettled(NodeRole role, int ranking) {
        return context()
                .registerService(NodeRole.class, role, new Hashtable<>(Map.of(Constants.SERVICE_RANKING, ranking)));
    }

    /** Lets pass what roles wait for before their settings are handed over. */
    void settle() {
        clock.advance(RoleDefaults.SETTLE);
    }

    Optional<Configuration> single(String pid) {
        try {
            Configuration[] found = service(ConfigurationAdmin.class).listConfigurations("(service.pid=" + pid + ")");
            return Optional.ofNullable(found).map(all -> all[0]);
        } catch (IOException | InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    FelixRig startSample() throws BundleException, IOException {
        if (sample == null) {
            sample = context().installBundle(sampleJar().toUri().toString());
        }
        sample.start();
        return this;
    }

    FelixRig stopSample() throws BundleException {
        sample.stop();
        return this;
    }

    Configuration configuration(String name) {
        try {
            return service(ConfigurationAdmin.class).getFactoryConfiguration(SAMPLE, name, "?");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Writes settings as FileInstall does for a file of this name. */
    void write(String name, Map<String, Object> settings) throws IOException {
        Path file = folder.resolve(SAMPLE + "-" + name + ".cfg");
        if (Files.notExists(file)) {
            Files.createFile(file);
        }
        Hashtable<String, Object> properties = new Hashtable<>(settings);
        properties.put("felix.fileinstall.filename", file.toUri().toString());
        configuration(name).update(properties);
    }

    <T> T service(Class<T> type) {
        return WaitFor.value(
                type.getSimpleName(),
                () -> Optional.ofNullable(context().getServiceReference(type)).map(context()::getService));
    }

    <T> List<T> services(Class<T> type) throws Exception {
        List<T> services = new ArrayList<>();
        for (ServiceReference<T> reference : context().getServiceReferences(type, null)) {
            services.add(context().getService(reference));
        }
        return services;
    }

    /** Waits for an event of the sample interface and returns all until then. */
    List<String> awaitEvent(String event) {
        try {
            WaitFor.condition(event, Duration.ofSeconds(10), () -> SampleInterface.EVENTS.contains(event));
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; there was " + SampleInterface.EVENTS + threads(), e);
        }
        return List.copyOf(SampleInterface.EVENTS);
    }

    void close() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }

    /** What the container's threads do, for failures that are hard to repeat. */
    static String threads() {
        StringBuilder text = new StringBuilder();
        Thread.getAllStackTraces().forEach((thread, stack) -> {
            if (thread.getName().contains("fileinstall") || thread.getName().contains("CM ")) {
                text.append("\n").append(thread);
                for (StackTraceElement element : stack) {
                    text.append("\n    ").append(element);
                }
            }
        });
        return text.toString();
    }

    private BundleContext context() {
        return framework.getBundleContext();
    }

    private static String location(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation().toString();
    }

    private Path sampleJar() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", SAMPLE);
        manifest.getMainAttributes().putValue("Import-Package", "io.kairos.core.config.sample");
        manifest.getMainAttributes().putValue("Service-Component", "OSGI-INF/sample.xml");
        Path jar = folder.resolve("sample.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            add(out, "OSGI-INF/sample.xml", COMPONENT);
            add(out, "OSGI-INF/metatype/sample.xml", METATYPE);
        }
        return jar;
    }

    private static void add(JarOutputStream jar, String name, String text) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static final String COMPONENT = """
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="sample" immediate="true"
                configuration-policy="require" configuration-pid="io.kairos.transport.sample"
                activate="activate" deactivate="deactivate" modified="modified">
              <implementation class="io.kairos.core.config.sample.SampleInterface"/>
            </scr:component>
            """;

    /** As bnd writes it: attributes with a default are "required", too. */
    private static final String METATYPE = """
            <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.4.0">
              <OCD id="io.kairos.transport.sample.SampleConfig" name="Sample">
                <AD id="interface.name" type="String" name="Name" description="Short and unique."/>
                <AD id="listen.port" type="Integer" min="1" max="65535" default="4242" description="TCP port."/>
                <AD id="framing" type="String" default="hdlc">
                  <Option label="HDLC" value="hdlc"/><Option label="KISS" value="kiss"/>
                </AD>
                <AD id="keep.alive" type="Boolean" default="true"/>
                <AD id="share" type="Double" default="0.5"/>
                <AD id="rate" type="Long" min="5" default="10000000"/>
                <AD id="retries" type="Integer" max="9" required="false"/>
                <AD id="devices" type="String" cardinality="10" default="" required="false"/>
                <AD id="login.password" type="String" default=""/>
                <AD id="peer.host" type="String" default=""/>
              </OCD>
              <Designate factoryPid="io.kairos.transport.sample">
                <Object ocdref="io.kairos.transport.sample.SampleConfig"/>
              </Designate>
            </metatype:MetaData>
            """;
}
