package io.kairos.admin.shell.identity;

import io.kairos.admin.shell.OsgiServices;
import io.kairos.admin.shell.Services;
import io.kairos.admin.shell.Suggestions;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.LocalIdentity;
import java.util.Collection;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.osgi.framework.BundleContext;

/** Suggests names of identities of this node. */
@Service
public final class IdentityCompleter implements Completer {

    @Reference
    private BundleContext context;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        try (OsgiServices services = new OsgiServices(context)) {
            return Suggestions.complete(line, words(services), candidates);
        }
    }

    static Collection<String> words(Services services) {
        return services.all(IdentityStore.class).stream()
                .flatMap(store -> store.all().stream())
                .map(LocalIdentity::name)
                .toList();
    }
}
