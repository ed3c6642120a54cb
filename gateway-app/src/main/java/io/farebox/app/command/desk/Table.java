package io.farebox.app.command.desk;

import java.util.ArrayList;
import java.util.List;

/** Lines in columns, for people. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... heads) {
        rows.add(List.of(heads));
    }

    /** Adds a line; what is unprintable is shown as a question mark. */
    public Table add(String... cells) {
        List<String> clean = new ArrayList<>();
        for (String cell : cells) clean.add(cell.replaceAll("\\p{Cntrl}", "?"));
        rows.add(clean);
        return this;
    }

    /** Each line as wide as it needs. */
    public List<String> lines() {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows)
            for (int i = 0; i < row.size(); i++)
                widths[i] = Math.max(widths[i], row.get(i).length());
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < row.size(); i++)
            line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
        return line.toString().stripTrailing();
    }
}
