package io.kairos.test.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/** Runs the steps of the story, shows each while it runs, and remembers how it went. */
final class Steps {

    /** What has happened: name, over which route, seconds, outcome. */
    record Step(String name, String route, double seconds, String outcome, boolean passed) {}

    private static final long FRAME_NANOS = 100_000_000;

    private final Screen screen;
    private final List<Step> steps = new ArrayList<>();

    Steps(Screen screen) {
        this.screen = screen;
    }

    /** Waits for a condition. */
    void await(String name, String route, Duration atMost, BooleanSupplier condition, String outcome) {
        long began = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (seconds(began) > atMost.toSeconds()) {
                fail(name, route, began, "not within " + atMost.toSeconds() + " s");
            }
            screen.busy(name, seconds(began));
            LockSupport.parkNanos(FRAME_NANOS);
        }
        pass(name, route, began, outcome);
    }

    /** Waits for an answer and judges it: the function gives the outcome or throws a {@link DemoFailure}. */
    Map<?, ?> answer(
            String name,
            String route,
            Duration atMost,
            CompletableFuture<Map<?, ?>> answer,
            Function<Map<?, ?>, String> judge) {
        return answer(name, route, atMost, answer, null, judge);
    }

    /** The same with a bar: {@code share} says how far it has come, 0 to 1. */
    Map<?, ?> answer(
            String name,
            String route,
            Duration atMost,
            CompletableFuture<Map<?, ?>> answer,
            DoubleSupplier share,
            Function<Map<?, ?>, String> judge) {
        long began = System.nanoTime();
        while (!answer.isDone()) {
            if (seconds(began) > atMost.toSeconds()) {
                fail(name, route, began, "not within " + atMost.toSeconds() + " s");
            }
            show(name, share, began);
            LockSupport.parkNanos(FRAME_NANOS);
        }
        try {
            Map<?, ?> members = ControlClient.await(answer, Duration.ofSeconds(1), name);
            pass(name, route, began, judge.apply(members));
            return members;
        } catch (DemoFailure e) {
            fail(name, route, began, e.getMessage());
            throw e;
        }
    }

    void show(String name, DoubleSupplier share, long began) {
        if (share == null) {
            screen.busy(name, seconds(began));
        } else {
            screen.busy(name, share.getAsDouble(), seconds(began));
        }
    }

    void pass(String name, String route, long began, String outcome) {
        screen.done(name, seconds(began), outcome);
        steps.add(new Step(name, route, seconds(began), outcome, true));
    }

    /** Something that was meant to go wrong did. */
    void event(String name, String route, long began, String outcome) {
        screen.event(name, seconds(began), outcome);
        steps.add(new Step(name, route, seconds(began), outcome, true));
    }

    /** Ends the story. */
    void fail(String name, String route, long began, String why) {
        screen.failed(name, seconds(began), why);
        steps.add(new Step(name, route, seconds(began), why, false));
        throw new DemoFailure(name + ": " + why);
    }

    static double seconds(long sinceNanos) {
        return (System.nanoTime() - sinceNanos) / 1e9;
    }

    /** What has happened, as a table. */
    void printTable() {
        int name = steps.stream().mapToInt(step -> step.name().length()).max().orElse(4);
        int route = steps.stream().mapToInt(step -> step.route().length()).max().orElse(5);
        String format = "%-" + name + "s  %-" + route + "s  %9s  %s";
        screen.chapter("What happened");
        screen.text(screen.bold(format.formatted("step", "route", "time", "outcome")));
        for (Step step : steps) {
            String row =
                    format.formatted(step.name(), step.route(), "%.1f s".formatted(step.seconds()), step.outcome());
            screen.text(step.passed() ? row : screen.bad(row));
        }
    }
}
