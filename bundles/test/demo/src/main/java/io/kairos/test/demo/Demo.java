package io.kairos.test.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Starts three nodes from a built distribution, lets them talk over two routes and cuts one of them.
 *
 * <p>Arguments: {@code --distribution DIR --bundle JAR [--terminal] [--keep]}. The exit status is 0 only if everything went
 * as told.
 */
public final class Demo {

    private Demo() {}

    public static void main(String[] arguments) throws IOException {
        Deque<String> left = new ArrayDeque<>(List.of(arguments));
        Path distribution = null;
        Path bundle = null;
        boolean terminal = false;
        boolean keep = false;
        while (!left.isEmpty()) {
            String argument = left.pop();
            switch (argument) {
                case "--distribution" -> distribution = Path.of(left.pop()).toAbsolutePath();
                case "--bundle" -> bundle = Path.of(left.pop()).toAbsolutePath();
                case "--terminal" -> terminal = true;
                case "--keep" -> keep = true;
                default -> usage("unknown argument " + argument);
            }
        }
        if (distribution == null || bundle == null) {
            usage("a distribution and a bundle are needed");
        }
        System.exit(run(distribution, bundle, new Screen(terminal), keep) ? 0 : 1);
    }

    private static boolean run(Path distribution, Path bundle, Screen screen, boolean keep) throws IOException {
        Stage stage = new Stage(distribution, bundle, Files.createTempDirectory("kairos-demo-"));
        AtomicBoolean ended = new AtomicBoolean();
        Thread atExit = new Thread(() -> {
            if (ended.compareAndSet(false, true)) {
                stage.close(); // Ctrl-C: nobody is left behind
            }
        });
        Runtime.getRuntime().addShutdownHook(atExit);
        Steps steps = new Steps(screen);
        boolean passed = false;
        String problem = "";
        try {
            new Story(stage, screen, steps).tell();
            passed = true;
        } catch (DemoFailure e) {
            problem = e.getMessage();
        }
        if (ended.get()) {
            return false; // interrupted: what the story says of vanishing nodes is no news
        }
        steps.printTable();
        screen.text("");
        if (passed) {
            screen.text(screen.good("Everything arrived, over two routes."));
        } else {
            screen.text(screen.bad("The demonstration failed: " + problem));
            screen.text("Settings and logs of the nodes: " + stage.folder());
        }
        if (keep || !passed) {
            stage.keep();
        }
        if (ended.compareAndSet(false, true)) {
            stage.close();
        }
        return passed;
    }

    private static void usage(String problem) {
        System.err.println("demo: " + problem);
        System.err.println("usage: demo --distribution DIR --bundle JAR [--terminal] [--keep]");
        System.exit(2);
    }
}
