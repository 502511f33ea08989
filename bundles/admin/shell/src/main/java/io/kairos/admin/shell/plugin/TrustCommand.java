package io.kairos.admin.shell.plugin;

import io.kairos.admin.shell.Arguments;
import io.kairos.admin.shell.Services;
import io.kairos.admin.shell.Table;
import io.kairos.api.admin.Plugins;
import io.kairos.api.admin.Plugins.TrustedKey;
import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Keys whose packages are accepted. */
@Service
@Command(
        scope = "plugin",
        name = "trust",
        description = "Lists, adds and removes keys whose plugin packages this node accepts",
        detailedDescription =
                "plugin:trust list, plugin:trust add NAME KEY, plugin:trust remove NAME. A key reads ed25519:<base64>. Whoever"
                        + " holds a trusted key may run code on this node, so get the key on a way you trust. The keys are"
                        + " kept in etc/plugin.keys. What is installed stays when its key is removed.")
public final class TrustCommand extends PluginCommand {

    @Argument(index = 0, name = "what", description = "list, add or remove")
    @Completion(TrustCompleter.class)
    private String what = "list";

    @Argument(index = 1, name = "name", description = "How you call the owner of the key")
    @Completion(KeyNameCompleter.class)
    private String name;

    @Argument(index = 2, name = "key", description = "The public key: ed25519:<base64>")
    private String key;

    @Override
    protected void run(Services services, PrintStream out) {
        Plugins plugins = services.require(Plugins.class);
        switch (what) {
            case "list" -> list(plugins.trustedKeys(), out);
            case "add" -> {
                plugins.trust(given(name, "add NAME KEY"), given(key, "add NAME KEY"));
                out.println("Packages signed by " + name + " are accepted from now on.");
            }
            case "remove" -> {
                plugins.distrust(given(name, "remove NAME"));
                out.println("Packages signed by " + name + " are not accepted any more; what is installed stays.");
            }
            default ->
                throw Arguments.wrong(
                        "plugin:trust cannot '" + what + "'.", "It can: plugin:trust list, add NAME KEY, remove NAME.");
        }
    }

    private static String given(String text, String usage) {
        if (text == null) {
            throw Arguments.wrong("Something is missing.", "plugin:trust " + usage);
        }
        return text;
    }

    private static void list(List<TrustedKey> keys, PrintStream out) {
        if (keys.isEmpty()) {
            out.println("This node trusts no key, so it accepts no package.");
            out.println("  \u2192 plugin:trust add NAME ed25519:<base64> accepts packages of a key.");
            return;
        }
        Table table = new Table().left("Name").left("Id").left("Key");
        keys.forEach(key -> table.row(key.name(), key.id(), key.key()));
        out.print(table.toText());
    }
}
