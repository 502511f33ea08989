package io.kairos.admin.shell;

import java.util.ArrayList;
import java.util.List;

/** A table of aligned columns for people; rows may be followed by notes, which are not aligned. */
public final class Table {

    private static final String GAP = "  ";

    private final List<Column> columns = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();

    private record Column(String title, boolean right) {}

    private record Line(List<String> cells, String note) {}

    /** Adds a column of words. */
    public Table left(String title) {
        columns.add(new Column(title, false));
        return this;
    }

    /** Adds a column of numbers. */
    public Table right(String title) {
        columns.add(new Column(title, true));
        return this;
    }

    /** Adds a row with a cell for each column. */
    public Table row(Object... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException("a row has " + columns.size() + " cells, got " + cells.length);
        }
        List<String> texts = new ArrayList<>();
        for (Object cell : cells) {
            texts.add(Units.printable(String.valueOf(cell)));
        }
        lines.add(new Line(texts, ""));
        return this;
    }

    /** Adds lines under the last row. */
    public Table note(String text) {
        text.lines().forEach(line -> lines.add(new Line(List.of(), line)));
        return this;
    }

    public boolean isEmpty() {
        return lines.isEmpty();
    }

    /** The table with its titles; every line ends in a line feed. */
    public String toText() {
        int[] widths = widths();
        List<String> titles = columns.stream().map(Column::title).toList();
        List<String> rules = new ArrayList<>();
        for (int width : widths) {
            rules.add("-".repeat(width));
        }
        StringBuilder out = new StringBuilder();
        append(out, titles, widths);
        append(out, rules, widths);
        for (Line line : lines) {
            if (line.cells().isEmpty()) {
                out.append(line.note().stripTrailing()).append('\n');
            } else {
                append(out, line.cells(), widths);
            }
        }
        return out.toString();
    }

    private int[] widths() {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            int widest = lines.stream()
                    .filter(line -> !line.cells().isEmpty())
                    .mapToInt(line -> line.cells().get(column).length())
                    .max()
                    .orElse(0);
            widths[i] = Math.max(columns.get(i).title().length(), widest);
        }
        return widths;
    }

    private void append(StringBuilder out, List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String padding = " ".repeat(widths[i] - cells.get(i).length());
            line.append(i == 0 ? "" : GAP);
            line.append(columns.get(i).right() ? padding + cells.get(i) : cells.get(i) + padding);
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }
}
