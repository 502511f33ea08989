package io.kairos.admin.shell.plugin;

import io.kairos.admin.shell.Services;
import io.kairos.admin.shell.Units;
import io.kairos.api.admin.Plugins;
import io.kairos.api.admin.Plugins.PackageView;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Checks a package. */
@Service
@Command(
        scope = "plugin",
        name = "verify",
        description = "Checks signature, digests and dates of a package, and installs nothing")
public final class VerifyCommand extends PluginCommand {

    @Argument(
            index = 0,
            name = "source",
            description = "File, folder, https: address or mesh:DESTINATION/FILE",
            required = true)
    @Completion(org.apache.karaf.shell.support.completers.FileCompleter.class)
    private String source;

    @Override
    protected void run(Services services, PrintStream out) {
        PackageView view = services.require(Plugins.class).verify(source(source));
        out.println(view.name() + " " + view.version() + " (" + view.kind() + "): " + Units.printable(view.title()));
        out.println("  signed by  " + String.join(", ", view.signers()));
        out.println("  made       " + view.created());
        view.expires().ifPresent(instant -> out.println("  expires    " + instant));
        out.println("  installs   " + String.join(", ", view.features()));
        view.needs().forEach(need -> out.println("  needs      " + Units.printable(need)));
        out.println("  holds      " + Units.count(view.files(), "file") + ", " + view.bytes()
                + " bytes, all as they were signed");
    }
}
