package io.kairos.test.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.inject.Inject;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.service.cm.ConfigurationAdmin;

/** Each command of the distribution is given to a role. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class CommandRolesIT {

    private static final String FILES = "org.apache.karaf.command.acl.";
    private static final Set<String> ROLES = Set.of("viewer", "operator", "owner");

    @Inject
    private FeaturesService features;

    @Inject
    private SessionFactory sessions;

    @Inject
    private ConfigurationAdmin configurations;

    @Inject
    private BootFinished booted; // the node has everything it starts with

    @Configuration
    public Option[] distribution() {
        return Node.options();
    }

    /** Somebody who adds a command decides who may use it: a line in karaf-distribution/etc/org.apache.karaf.command.acl.SCOPE.cfg. */
    @Test
    public void everyCommandIsNamedInTheFileOfItsScope() throws Exception {
        for (Feature feature : features.listFeatures()) {
            if (feature.getName().matches("kar|kairos-admin-.*|kairos-messaging-.*")) {
                features.installFeature(feature.getName(), feature.getVersion());
            }
        }
        Map<String, Set<String>> files = files();
        Set<String> all = new TreeSet<>();
        Set<String> unnamed = new TreeSet<>();
        List<Command> commands = Console.asOwner(() -> sessions.getRegistry().getCommands());
        for (Command command : commands) {
            String name = command.getScope() + ":" + command.getName();
            all.add(name);
            boolean isScope = command.getScope().equals("*") && files.containsKey(command.getName());
            if (!isScope && !files.getOrDefault(command.getScope(), Set.of()).contains(command.getName())) {
                unnamed.add(name);
            }
        }
        System.out.println(all.size() + " commands: " + all);
        assertTrue(
                all.toString(),
                all.containsAll(Set.of("mesh:status", "shell:exec", "bundle:install", "*:rnx", "kar:list")));
        assertEquals("commands that no file in etc names", Set.of(), unnamed);
    }

    private Map<String, Set<String>> files() throws Exception {
        Map<String, Set<String>> files = new HashMap<>();
        for (org.osgi.service.cm.Configuration file :
                configurations.listConfigurations("(service.pid=" + FILES + "*)")) {
            Set<String> names = new TreeSet<>();
            for (String key : Collections.list(file.getProperties().keys())) {
                if (!key.startsWith("service.") && !key.startsWith("felix.")) {
                    names.add(key.replaceAll("\\[/.*", ""));
                    String role = String.valueOf(file.getProperties().get(key));
                    boolean isScopes = file.getPid().endsWith(".scope_bundle");
                    assertTrue(file.getPid() + ": " + key + " = " + role, isScopes || ROLES.contains(role));
                }
            }
            files.put(file.getPid().substring(FILES.length()), names);
        }
        return files;
    }
}
