package io.kairos.admin.shell.plugin;

import io.kairos.admin.shell.Suggestions;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;

/** Suggests what plugin:trust can do. */
@Service
public final class TrustCompleter implements Completer {

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        return Suggestions.complete(line, List.of("list", "add", "remove"), candidates);
    }
}
