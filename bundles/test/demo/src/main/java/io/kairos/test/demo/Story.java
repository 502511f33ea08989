package io.kairos.test.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;

/** What the demonstration shows, in order. A step that does not come out as told ends it with a {@link DemoFailure}. */
final class Story {

    private static final Duration START = Duration.ofSeconds(240);
    private static final Duration SHORT = Duration.ofSeconds(40);
    private static final Duration LONG = Duration.ofSeconds(180);
    private static final Duration AGAIN = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int SMALL_BYTES = 1_000_000;
    private static final int LARGE_BYTES = 6_000_000;
    private static final double CUT_AT = 0.35;
    private static final String FAST = "A = C";
    private static final String SLOW = "A - B - C";
    private static final long FRAME_NANOS = 100_000_000;

    private final Stage stage;
    private final Screen screen;
    private final Steps steps;

    Story(Stage stage, Screen screen, Steps steps) {
        this.stage = stage;
        this.screen = screen;
        this.steps = steps;
    }

    void tell() {
        introduce();
        start();
        String address = announce();
        String link = link("A links to C", address, FAST, 1);
        request(link, FAST);
        send("A sends 1 MB to C", link, FAST, stage.fast, SMALL_BYTES);
        cut(link);
        findOtherWay(address);
        String other = link("A links to C again", address, SLOW, 2);
        request(other, SLOW);
        send("A sends the 6 MB again", other, SLOW, stage.slow, LARGE_BYTES);
    }

    private void introduce() {
        screen.title("Kairos: three nodes, two routes");
        screen.text("");
        screen.text("      A ====== TCP, %d Mbit/s ====== C".formatted(Stage.FAST_BITS_PER_SECOND / 1_000_000));
        screen.text("       \\                           /");
        screen.text("        '-- TCP -- B -- UDP, %d Mbit/s".formatted(Stage.SLOW_BITS_PER_SECOND / 1_000_000));
        screen.text("");
        screen.text(
                screen.dim("Each node is a process of its own; the demonstration is only the cables between them."));
    }

    private void start() {
        screen.chapter("1. The nodes start");
        long began = System.nanoTime();
        try {
            for (NodeProcess node : stage.nodes()) {
                node.launch();
            }
        } catch (IOException e) {
            steps.fail("start the nodes", "", began, String.valueOf(e.getMessage()));
        }
        for (NodeProcess node : stage.nodes()) {
            steps.await("node " + node.name() + " is up", "", START, node::isReady, "");
        }
        steps.await("all interfaces are up", "", SHORT, this::allUp, "2 at each node");
    }

    private boolean allUp() {
        for (NodeProcess node : stage.nodes()) {
            List<?> interfaces = (List<?>) node.control().call(SHORT, "status").get("interfaces");
            long up = interfaces.stream()
                    .map(row -> (Map<?, ?>) row)
                    .filter(row -> row.get("parent") == null && Boolean.TRUE.equals(row.get("up")))
                    .count();
            if (up < 2) {
                return false;
            }
        }
        return true;
    }

    private String announce() {
        screen.chapter("2. C announces itself");
        Map<?, ?> opened = stage.c.control().call(SHORT, "open", "name", "kairos.interop", "proofs", "all");
        String address = opened.get("destination").toString();
        hear(address);
        CompletableFuture<Map<?, ?>> packet =
                stage.a.control().start("packet", "destination", address, "size", 100, "timeout", SHORT.toSeconds());
        steps.answer("A sends a packet, C proves it", FAST, SHORT, packet, told -> {
            require("the packet", "DELIVERED", told.get("status"));
            return "after %.0f ms".formatted(number(told.get("millis")));
        });
        screen.chapter("3. The fast route");
        return address;
    }

    /**
     * Waits until A knows the direct way. On a busy machine the same announce may come over B first, and then only the next
     * one can tell that there is a shorter way: C repeats it, as every node does from time to time.
     */
    private void hear(String address) {
        long began = System.nanoTime();
        long announced = began;
        int times = 1;
        announceAtC(address);
        long hops = hopsAtA(address);
        while (hops != 1) {
            if (Steps.seconds(began) > SHORT.toSeconds()) {
                steps.fail("A hears it", FAST, began, hops == 0 ? "it did not" : "only over %d hops".formatted(hops));
            }
            if (Steps.seconds(announced) > AGAIN.toSeconds()) {
                announceAtC(address);
                announced = System.nanoTime();
                times++;
            }
            screen.busy("A hears it", Steps.seconds(began));
            LockSupport.parkNanos(FRAME_NANOS);
            hops = hopsAtA(address);
        }
        String text = stage.a
                .control()
                .call(SHORT, "waitPath", "destination", address)
                .get("appData")
                .toString();
        steps.pass(
                "A hears it", FAST, began, "\"%s\", 1 hop%s".formatted(text, times > 1 ? ", announce " + times : ""));
    }

    private void announceAtC(String address) {
        stage.c.control().call(SHORT, "announce", "destination", address, "appData", "greetings from C");
    }

    private long hopsAtA(String address) {
        Object hops = stage.a
                .control()
                .call(SHORT, "waitPath", "destination", address, "timeout", 0)
                .get("hops");
        return hops instanceof Number number ? number.longValue() : 0;
    }

    private String link(String name, String address, String route, long hops) {
        CompletableFuture<Map<?, ?>> connect =
                stage.a.control().start("connect", "destination", address, "timeout", SHORT.toSeconds());
        Map<?, ?> link = steps.answer(name, route, SHORT, connect, told -> {
            require("hops", hops, told.get("hops"));
            return "round trip %.0f ms, packets of %s bytes, %d hop%s"
                    .formatted(number(told.get("millis")), told.get("mtu"), hops, hops == 1 ? "" : "s");
        });
        return link.get("link").toString();
    }

    private void request(String link, String route) {
        CompletableFuture<Map<?, ?>> request = stage.a
                .control()
                .start("request", "link", link, "path", "/size", "number", 50_000, "timeout", SHORT.toSeconds());
        steps.answer("A asks C for 50 kB", route, SHORT, request, told -> {
            require("the answer", "READY", told.get("status"));
            require("its size", 50_000L, told.get("size"));
            return "answered after %.0f ms".formatted(number(told.get("millis")));
        });
    }

    private void send(String name, String link, String route, Cable cable, int bytes) {
        long before = cable.carriedBytes();
        CompletableFuture<Map<?, ?>> transfer = startTransfer(link, bytes);
        steps.answer(name, route, LONG, transfer, progressOf(link), told -> {
            require("the transfer", "COMPLETE", told.get("status"));
            require("the hash that C tells", told.get("sha256"), told.get("received"));
            require("all of it over this route", true, cable.carriedBytes() - before >= bytes);
            return "%.2f MB/s, C tells the same SHA-256".formatted(bytes / 1e6 / number(told.get("seconds")));
        });
    }

    private CompletableFuture<Map<?, ?>> startTransfer(String link, int bytes) {
        return stage.a
                .control()
                .start("resource", "link", link, "size", bytes, "compress", false, "timeout", LONG.toSeconds());
    }

    private DoubleSupplier progressOf(String link) {
        return () ->
                number(stage.a.control().call(SHORT, "progress", "link", link).get("progress"));
    }

    private void cut(String link) {
        screen.chapter("4. The fast cable is cut in the middle of a transfer");
        String name = "A sends 6 MB to C";
        long began = System.nanoTime();
        CompletableFuture<Map<?, ?>> transfer = startTransfer(link, LARGE_BYTES);
        DoubleSupplier progress = progressOf(link);
        LockSupport.parkNanos(FRAME_NANOS); // until it has begun, the progress is that of the transfer before
        double share = progress.getAsDouble();
        while (share < CUT_AT || share >= 1) {
            if (transfer.isDone() || Steps.seconds(began) > LONG.toSeconds()) {
                steps.fail(name, FAST, began, "it was over before the cable could be cut");
            }
            steps.show(name, progress, began);
            LockSupport.parkNanos(FRAME_NANOS);
            share = progress.getAsDouble();
        }
        stage.fast.cut();
        steps.event("snip: the cable is cut", FAST, began, "at %.0f %% of 6 MB".formatted(share * 100));
        awaitFailure(link, transfer);
        screen.chapter("5. The other route");
    }

    /** The transfer fails, the link closes, or A loses its patience, as any program may that watches its progress. */
    private void awaitFailure(String link, CompletableFuture<Map<?, ?>> transfer) {
        String name = "A notices";
        long began = System.nanoTime();
        DoubleSupplier progress = progressOf(link);
        double share = progress.getAsDouble();
        long moved = began;
        while (!transfer.isDone() && !linkIsClosed(link) && Steps.seconds(moved) < PATIENCE.toSeconds()) {
            double now = progress.getAsDouble();
            moved = now > share ? System.nanoTime() : moved;
            share = now;
            steps.show(name, null, began);
            LockSupport.parkNanos(FRAME_NANOS);
        }
        if (transfer.isDone() && !transfer.isCompletedExceptionally()) {
            Object status = transfer.join().get("status");
            if ("COMPLETE".equals(status)) {
                steps.fail(name, FAST, began, "the transfer was complete although its cable was cut");
            }
            steps.pass(name, FAST, began, "transfer " + status);
        } else if (linkIsClosed(link)) {
            steps.pass(name, FAST, began, "link closed");
        } else {
            stage.a.control().call(SHORT, "close", "link", link);
            steps.pass(name, FAST, began, "no progress for %d s: A gives the link up".formatted(PATIENCE.toSeconds()));
        }
    }

    private boolean linkIsClosed(String link) {
        return Boolean.TRUE.equals(
                stage.a.control().call(SHORT, "linkState", "link", link).get("closed"));
    }

    /** A path over a cable that is gone may still be in the table; then the mesh is asked for another one. */
    private void findOtherWay(String address) {
        NodeProcess a = stage.a;
        Map<?, ?> path = a.control().call(SHORT, "waitPath", "destination", address, "timeout", 1);
        boolean known = Long.valueOf(2).equals(path.get("hops"));
        if (!known) {
            a.control().call(SHORT, "dropPath", "destination", address);
        }
        CompletableFuture<Map<?, ?>> other =
                a.control().start("waitPath", "destination", address, "ask", !known, "timeout", SHORT.toSeconds());
        steps.answer("A finds another way", SLOW, SHORT, other, told -> {
            require("a path", true, told.get("found"));
            require("hops", 2L, told.get("hops"));
            return known ? "2 hops, it had both in its table" : "2 hops, B told it on request";
        });
    }

    private static double number(Object value) {
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private static void require(String what, Object wanted, Object actual) {
        if (!wanted.equals(actual)) {
            throw new DemoFailure("%s: expected %s, got %s".formatted(what, wanted, actual));
        }
    }
}
