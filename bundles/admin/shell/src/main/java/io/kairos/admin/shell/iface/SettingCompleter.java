package io.kairos.admin.shell.iface;

import io.kairos.admin.shell.OsgiServices;
import io.kairos.admin.shell.Suggestions;
import java.util.Arrays;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.osgi.framework.BundleContext;
import org.osgi.service.metatype.MetaTypeService;

/** Suggests the settings of the kind of interface that stands in the line. */
@Service
public final class SettingCompleter implements Completer {

    @Reference
    private BundleContext context;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        try (OsgiServices services = new OsgiServices(context)) {
            if (services.find(MetaTypeService.class).isEmpty()) {
                return -1;
            }
            List<String> typed = Arrays.asList(line.getArguments());
            if (typed.size() == 1 && typed.get(0).contains("=")) {
                // the console asks of each earlier word alone whether it is one of ours before it completes the next
                candidates.add(typed.get(0));
                return 0;
            }
            return Suggestions.complete(line, words(Interfaces.catalog(services, context), typed), candidates);
        }
    }

    /** Settings of the first kind among the words typed, except those given already. */
    static List<String> words(KindCatalog catalog, List<String> typed) {
        return typed.stream()
                .flatMap(word -> catalog.find(word).stream())
                .findFirst()
                .map(kind -> kind.settings().stream()
                        .map(setting -> (setting.key().equals(Setting.NAME) ? "name" : setting.key()) + "=")
                        .filter(word -> typed.stream().noneMatch(given -> given.startsWith(word)))
                        .toList())
                .orElse(List.of());
    }
}
