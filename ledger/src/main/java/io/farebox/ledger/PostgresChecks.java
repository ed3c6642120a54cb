package io.farebox.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** What a database must be like, looked at when a book is opened rather than when the first payment comes. */
final class PostgresChecks {
    private static final String SERVER =
            "select current_setting('transaction_read_only') = 'on', current_schema() is null,"
                    + " to_regclass('farebox_schema_history') is null and not has_schema_privilege(current_schema(), 'create'),"
                    + " current_setting('fsync') = 'off'";

    private static final String TABLES =
            "select name from (values ('farebox_payment'), ('farebox_price_version')) as t(name)"
                    + " where not (has_table_privilege(name, 'select') and has_table_privilege(name, 'insert')"
                    + " and has_table_privilege(name, 'update') and has_table_privilege(name, 'delete'))";

    private static final System.Logger LOG = System.getLogger(PostgresChecks.class.getName());

    @FunctionalInterface
    private interface Look {
        void at(ResultSet found) throws SQLException;
    }

    private PostgresChecks() {}

    /**
     * Whether the server takes writes, and tables can be made if there are none: the migration would try for long.
     *
     * @throws SQLException if not, as the server would say it
     */
    static void server(String where, DataSource source) throws SQLException {
        ask(source, SERVER, found -> {
            found.next();
            if (found.getBoolean(1)) throw new SQLException("the server is read only", "25006");
            if (found.getBoolean(2)) throw new SQLException("there is no current schema", "3F000");
            if (found.getBoolean(3)) throw new SQLException("no right to create tables", "42501");
            if (found.getBoolean(4))
                LOG.log(
                        System.Logger.Level.WARNING,
                        "{0}: the server runs with fsync off; a loss of power can lose payments",
                        where);
        });
    }

    /** @throws SQLException if the tables may not be used */
    static void tables(DataSource source) throws SQLException {
        ask(source, TABLES, found -> {
            if (found.next()) throw new SQLException("no right to use " + found.getString(1), "42501");
        });
    }

    private static void ask(DataSource source, String sql, Look look) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            look.at(found);
            // A host's pool may be without auto-commit.
            if (!connection.getAutoCommit()) connection.rollback();
        }
    }
}
