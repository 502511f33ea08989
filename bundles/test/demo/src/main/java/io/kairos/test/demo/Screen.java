package io.kairos.test.demo;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Prints the story: with colours and moving bars on a terminal, as plain ASCII lines elsewhere. */
final class Screen {

    private static final int WIDTH = 78;
    private static final int TEXT = 46;
    private static final int BAR = 24;
    private static final String[] SPINNER = {"|", "/", "-", "\\"};

    private final PrintStream out;
    private final boolean terminal;
    private int turns;

    Screen(boolean terminal) {
        this.terminal = terminal;
        this.out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    }

    void title(String text) {
        out.println();
        out.println("  " + bold(text));
        out.println("  " + dim(line(text.length())));
    }

    void chapter(String text) {
        out.println();
        out.println("  " + colour("36;1", text));
    }

    void text(String text) {
        text.lines().forEach(line -> out.println("  " + line));
    }

    /** A step that takes a while; replaced by its end. */
    void busy(String what, double seconds) {
        if (terminal) {
            String mark = SPINNER[turns++ % SPINNER.length];
            out.print("\r\033[K  " + colour("36", mark) + " " + pad(what) + dim(" %5.1f s".formatted(seconds)));
            out.flush();
        }
    }

    /** The same with a share that is done, 0 to 1. */
    void busy(String what, double share, double seconds) {
        if (terminal) {
            int full = (int) Math.round(share * BAR);
            String bar = colour("32", "\u2588".repeat(full)) + dim("\u2591".repeat(BAR - full));
            out.print("\r\033[K  " + colour("36", SPINNER[turns++ % SPINNER.length]) + " " + pad(what)
                    + dim(" %5.1f s  ".formatted(seconds)) + bar + " %3.0f %%".formatted(share * 100));
            out.flush();
        }
    }

    void done(String what, double seconds, String detail) {
        end(terminal ? colour("32;1", "\u2713") : "ok  ", what, seconds, detail);
    }

    void event(String what, double seconds, String detail) {
        end(terminal ? colour("33;1", "!") : "!   ", what, seconds, detail);
    }

    void failed(String what, double seconds, String detail) {
        end(terminal ? colour("31;1", "\u2717") : "FAIL", what, seconds, detail);
    }

    private void end(String mark, String what, double seconds, String detail) {
        out.println((terminal ? "\r\033[K" : "") + "  " + mark + " " + pad(what) + dim(" %5.1f s".formatted(seconds))
                + (detail.isEmpty() ? "" : "  " + detail));
    }

    String bold(String text) {
        return colour("1", text);
    }

    String dim(String text) {
        return colour("2", text);
    }

    String good(String text) {
        return colour("32;1", text);
    }

    String bad(String text) {
        return colour("31;1", text);
    }

    String line(int width) {
        return (terminal ? "\u2500" : "-").repeat(Math.min(width, WIDTH));
    }

    private String colour(String code, String text) {
        return terminal ? "\033[" + code + "m" + text + "\033[0m" : text;
    }

    private static String pad(String text) {
        return text.length() >= TEXT ? text : text + " ".repeat(TEXT - text.length());
    }
}
