package dev.quorate.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Text in columns under a heading; the last column is as wide as it wants. */
public final class Columns {
    private static final String GAP = "  ";

    private final List<String[]> rows = new ArrayList<>();

    /** Begins with the heading. */
    public Columns(String... heading) {
        rows.add(heading);
    }

    /** Adds a row with as many cells as the heading has; an empty cell is shown as a dash. */
    public void row(String... cells) {
        if (cells.length != rows.getFirst().length) {
            throw new IllegalArgumentException("a row has as many cells as the heading");
        }
        rows.add(Arrays.stream(cells).map(cell -> cell.isEmpty() ? "-" : cell).toArray(String[]::new));
    }

    /** The table. */
    public List<String> lines() {
        int[] widths = new int[rows.getFirst().length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].codePointCount(0, row[i].length()));
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(String[] row, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < row.length; i++) {
            line.append(row[i]);
            if (i < row.length - 1) {
                int width = row[i].codePointCount(0, row[i].length());
                line.append(" ".repeat(widths[i] - width)).append(GAP);
            }
        }
        return line.toString();
    }
}
