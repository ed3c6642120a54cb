package io.farebox.kills;

import io.farebox.testkit.facilitator.Authorization;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** All rows of a book, read beside the process that has it open. */
@FunctionalInterface
interface BookView {
    Set<String> OPEN = Set.of("CLAIMED", "SETTLING", "UNKNOWN");

    /**
     * @param transaction of the receipt; null if there is none
     * @param facilitator that settled it, or was to
     */
    record Entry(
            Authorization authorization,
            String state,
            String delivery,
            BigInteger amount,
            String transaction,
            String facilitator) {
        /** Whether somebody still has to do something about it. */
        boolean isOpen() {
            return OPEN.contains(state) || delivery.equals("RUNNING");
        }

        boolean isSettled() {
            return state.equals("SETTLED");
        }
    }

    /** @throws SQLException if it cannot be read just now */
    List<Entry> entries() throws SQLException, IOException;

    static BookView postgres(String url) {
        return () -> {
            try (Connection connection = DriverManager.getConnection(url)) {
                return read(connection);
            }
        };
    }

    /** H2 lets one process in, so a copy of the file is read: what H2 itself would find after a power failure now. */
    static BookView h2(Path book) {
        Path copy = book.resolveSibling("copy.mv.db");
        String url =
                "jdbc:h2:file:" + book.resolveSibling("copy").toAbsolutePath() + ";ACCESS_MODE_DATA=r;IFEXISTS=TRUE";
        return () -> {
            Files.copy(book.resolveSibling(book.getFileName() + ".mv.db"), copy, StandardCopyOption.REPLACE_EXISTING);
            try (Connection connection = DriverManager.getConnection(url, "farebox", "")) {
                return read(connection);
            }
        };
    }

    private static List<Entry> read(Connection connection) throws SQLException {
        List<Entry> entries = new ArrayList<>();
        String sql = "select payment_key, state, delivery, amount, receipt_tx, facilitator from farebox_payment";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                String[] key = rows.getString(1).split(":");
                entries.add(new Entry(
                        new Authorization(key[key.length - 2], key[key.length - 1]),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getBigDecimal(4).toBigIntegerExact(),
                        rows.getString(5),
                        rows.getString(6)));
            }
        }
        return entries;
    }
}
