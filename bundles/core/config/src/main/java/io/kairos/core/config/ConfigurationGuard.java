package io.kairos.core.config;

import io.kairos.api.admin.Configurations;
import io.kairos.api.health.Finding;
import io.kairos.api.health.HealthCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationPlugin;
import org.osgi.service.cm.SynchronousConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between ConfigAdmin and the components: settings that break their declaration are replaced by the last good ones
 * before a component sees them, whoever wrote them.
 *
 * <p>The component runtime asks every {@link ConfigurationPlugin} before it hands settings over, so this is the one place
 * where an edit in a file, a shell command and a feature meet. A component is told even when nothing changes for it;
 * interfaces therefore compare and keep their connections.
 *
 * <p>Threads: any. No lock is held while ConfigAdmin is called.
 */
@Component(
        immediate = true,
        service = {
            Configurations.class,
            ConfigurationPlugin.class,
            SynchronousConfigurationListener.class,
            HealthCheck.class
        },
        property = ConfigurationPlugin.CM_RANKING + ":Integer=900") // late, to see what others put in for placeholders
public final class ConfigurationGuard
        implements Configurations, ConfigurationPlugin, SynchronousConfigurationListener, HealthCheck {

    /** Property of an instance that has no good settings: why. Interfaces come up DOWN with this reason. */
    static final String REFUSED = "kairos.refused";

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationGuard.class);
    private static final String ENABLED = "enabled";

    private final StoredSettings stored;
    private final Declarations declarations;
    private final LastGood lastGood;
    private final InterfaceNames names;
    private final Refusals refusals = new Refusals();
    private final Map<String, Edit> known = new ConcurrentHashMap<>(); // by PID, for configurations that are deleted

    private volatile MetaTypeService metatype;

    @Activate
    public ConfigurationGuard(BundleContext context, @Reference ConfigurationAdmin admin) {
        this.stored = new StoredSettings(admin);
        this.declarations = new Declarations(context);
        this.lastGood = new LastGood(folder(context));
        this.names = new InterfaceNames(lastGood);
    }

    /** Without declarations nothing can be checked, and everything is handed over as it is. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setMetatype(MetaTypeService present) {
        metatype = present;
    }

    void unsetMetatype(MetaTypeService gone) {
        if (metatype == gone) {
            metatype = null;
        }
    }

    /**
     * Judges what was there before this bundle, so that {@link #refused()} is complete. ConfigAdmin cannot ask this plugin
     * yet, so it asks itself; what has placeholders for other plugins is judged when a component asks for it.
     */
    @Activate
    void start() {
        for (Configuration configuration : stored.all()) {
            Dictionary<String, Object> properties = configuration.getProperties();
            boolean hasPlaceholders = properties != null
                    && Collections.list(properties.elements()).stream()
                            .anyMatch(value -> value.toString().contains("$["));
            if (properties != null && !hasPlaceholders) {
                modifyConfiguration(null, properties);
            }
        }
    }

    @Override
    public void modifyConfiguration(ServiceReference<?> reference, Dictionary<String, Object> properties) {
        Optional<Edit> found = Edit.of(properties);
        Optional<ObjectClassDefinition> declaration = found.flatMap(this::declaration);
        if (declaration.isEmpty()) {
            return; // not ours, or its bundle is not here yet: neither good nor bad
        }
        Edit edit = found.get();
        known.put(edit.pid(), edit);
        List<Problem> problems = problems(declaration.get(), edit);
        Optional<Map<String, Object>> good = lastGood.find(edit.id());
        if (problems.isEmpty()) {
            lastGood.remember(edit);
            refusals.accept(edit);
        } else {
            refusals.refuse(edit, problems, good.isPresent());
            replace(properties, edit, problems, good);
        }
        if (stored.of(edit.pid()).isEmpty()) {
            forget(edit.pid()); // deleted while the component runtime was about to hand it over
        }
    }

    /** Puts the last good settings in the place of the bad ones; where there are none, leaves the bad keys out. */
    private static void replace(
            Dictionary<String, Object> properties,
            Edit edit,
            List<Problem> problems,
            Optional<Map<String, Object>> good) {
        edit.settings().keySet().forEach(key -> {
            boolean isBad = problems.stream().anyMatch(problem -> problem.key().equals(key));
            if (good.isPresent() || (isBad && !key.equals(Edit.INTERFACE_NAME))) {
                properties.remove(key);
            }
        });
        if (good.isPresent()) {
            good.get().forEach(properties::put);
            return;
        }
        properties.put(REFUSED, Refusals.text(problems.get(0)));
        if (edit.isInterface()) {
            properties.put(ENABLED, "false");
        }
    }

    /** Judges at once, also where no component is there to ask; a name that became free is given to who waits for it. */
    @Override
    public void configurationEvent(ConfigurationEvent event) {
        String pid = event.getPid();
        if (event.getType() == ConfigurationEvent.CM_DELETED) {
            Edit gone = known.get(pid);
            if (gone == null) {
                return; // none of ours
            }
            forget(pid);
            warnOfFile(gone);
        } else if (event.getType() == ConfigurationEvent.CM_UPDATED && pid.startsWith("io.kairos.")) {
            stored.of(pid).forEach(StoredSettings::judge);
        } else {
            return;
        }
        refusals.all().stream()
                .filter(refusal -> !refusal.edit().pid().equals(pid))
                .forEach(this::tryAgain);
    }

    @Override
    public List<Problem> check(String pid, Map<String, ?> settings) {
        Edit edit = Edit.proposed(pid, settings);
        return declaration(edit).map(declared -> problems(declared, edit)).orElse(List.of());
    }

    @Override
    public List<Refused> refused() {
        return refusals.all().stream()
                .map(Refusals.Refusal::refused)
                .sorted(Comparator.comparing(Refused::pid))
                .toList();
    }

    @Override
    public String subject() {
        return "configuration";
    }

    @Override
    public List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        for (Refusals.Refusal refusal : refusals.all()) {
            for (Problem problem : refusal.refused().problems()) {
                String message = "%s: %s".formatted(refusal.edit().shown(), Refusals.text(problem));
                findings.add(
                        refusal.refused().lastGoodInForce()
                                ? Finding.warning(message + "; the last good settings stay in force", problem.remedy())
                                : Finding.error(message, problem.remedy()));
            }
        }
        if (metatype == null) {
            findings.add(Finding.warning(
                    "Settings are not checked: the metatype service is missing",
                    "bundle:start org.apache.felix.metatype"));
        } else {
            undeclared()
                    .forEach(edit -> findings.add(Finding.warning(
                            "%s has no effect: no bundle declares settings named %s"
                                    .formatted(edit.shown(), edit.declaredAs()),
                            "Install the feature it is for, or correct the name of the file.")));
        }
        if (findings.isEmpty()) {
            findings.add(Finding.ok("All settings are good"));
        }
        return findings;
    }

    private Optional<ObjectClassDefinition> declaration(Edit edit) {
        MetaTypeService service = metatype;
        return service == null ? Optional.empty() : declarations.find(service, edit.declaredAs());
    }

    private List<Problem> problems(ObjectClassDefinition declaration, Edit edit) {
        List<Problem> problems = new ArrayList<>(SettingsCheck.check(declaration, edit));
        if (edit.isInterface()) {
            names.check(edit, stored.interfaces()).ifPresent(problems::add);
        }
        return List.copyOf(problems);
    }

    private void forget(String pid) {
        refusals.forget(pid);
        Edit gone = known.remove(pid);
        if (gone != null) {
            lastGood.forget(gone.id());
        }
    }

    /** Nobody but its operator changes or removes a file; the container is told not to. */
    private static void warnOfFile(Edit gone) {
        if (!gone.file().isEmpty() && Files.exists(Path.of(gone.file()))) {
            LOG.warn(
                    "The settings {} are gone for this run, but their file is still there; remove it, too",
                    gone.shown());
        }
    }

    private void tryAgain(Refusals.Refusal refusal) {
        Edit edit = refusal.edit();
        boolean isGood = declaration(edit)
                .map(declared -> problems(declared, edit).isEmpty())
                .orElse(false);
        if (!isGood) {
            return;
        }
        stored.handOver(edit);
    }

    private List<Edit> undeclared() {
        return stored.edits()
                .filter(edit -> declaration(edit).isEmpty())
                .filter(edit -> !edit.file().isEmpty() || !edit.settings().isEmpty()) // made for a role, not by anybody
                .toList();
    }

    private static Path folder(BundleContext context) {
        String data = context.getProperty("karaf.data");
        return data == null
                ? context.getDataFile("last-good").toPath()
                : Path.of(data).resolve("kairos").resolve("last-good-settings");
    }
}
