package io.kairos.admin.shell.plugin;

import io.kairos.admin.shell.NodeCommand;
import io.kairos.admin.shell.Units;
import io.kairos.api.admin.Plugins;
import io.kairos.api.admin.Plugins.Action;
import io.kairos.api.admin.Plugins.Plan;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Set;

/** What the commands that change plugins share: they show what would change, ask, do it and tell. */
abstract class PluginCommand extends NodeCommand {

    private static final Set<String> YES = Set.of("y", "yes");

    /** Shows the plan, asks unless that is not needed, and carries it out. */
    final void offer(Plugins plugins, Plan plan, boolean yes, PrintStream out) {
        out.print(text(plan));
        if (!yes && !agrees(out)) {
            plugins.discard(plan);
            out.println("Nothing was changed.");
            if (!hasTerminal()) {
                out.println("  \u2192 The same command with --yes does it.");
            }
            return;
        }
        plugins.apply(plan, step -> out.println(step + " ..."));
        out.println(done(plan));
    }

    static String text(Plan plan) {
        StringBuilder text = new StringBuilder();
        String versions = plan.from().map(from -> from + " \u2192 ").orElse("")
                + plan.to().orElse("(removed)");
        line(text, word(plan.action()) + " " + plan.name() + " " + versions + ": " + Units.printable(plan.title()));
        if (!plan.signers().isEmpty()) {
            line(text, "  signed by " + String.join(", ", plan.signers()));
        }
        plan.needs().forEach(need -> line(text, "  needs " + Units.printable(need)));
        plan.changes().forEach(change -> line(text, "  " + Units.printable(change)));
        line(text, "  everything else stays as it is and goes on running");
        return text.toString();
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append(System.lineSeparator());
    }

    private static String word(Action action) {
        return action.name().charAt(0) + action.name().substring(1).toLowerCase(Locale.ROOT);
    }

    private static String done(Plan plan) {
        return switch (plan.action()) {
            case INSTALL -> plan.name() + " " + plan.to().orElse("") + " is installed and passed its test.";
            case UPDATE ->
                plan.name() + " is now " + plan.to().orElse("") + " and passed its test; plugin:rollback " + plan.name()
                        + " goes back.";
            case ROLLBACK -> plan.name() + " is " + plan.to().orElse("") + " again.";
            case UNINSTALL -> plan.name() + " is removed; its settings in etc stay.";
        };
    }

    private boolean hasTerminal() {
        return session() != null
                && session().getTerminal() != null
                && session().getTerminal().getWidth() > 0;
    }

    /** Whoever ends the input or interrupts does not agree; the console throws errors of its own for both. */
    private boolean agrees(PrintStream out) {
        if (!hasTerminal()) {
            return false;
        }
        try {
            String answer = session().readLine("Do it? (yes/no) ", null);
            return answer != null && YES.contains(answer.strip().toLowerCase(Locale.ROOT));
        } catch (IOException | RuntimeException e) {
            out.println();
            return false;
        }
    }
}
