package io.farebox.ledger;

import java.sql.SQLException;
import java.util.Set;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL's failures mean, by their SQLSTATE. */
final class PostgresFailures {
    /** Serialization failure, deadlock; the server stops or its session was ended: nothing was committed. */
    private static final Set<String> AGAIN = Set.of("40001", "40P01", "57P01", "57P02", "57P03", "25P03", "57P05");

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String READ_ONLY = "25006";

    private PostgresFailures() {}

    static Disk.Trouble judge(Throwable failure) {
        if (failure instanceof StaleRowException) return Disk.Trouble.AGAIN;
        String state = failure instanceof SQLException sql ? sql.getSQLState() : null;
        if (state == null) return Disk.Trouble.OPERATION;
        if (AGAIN.contains(state) || state.startsWith("08")) return Disk.Trouble.AGAIN;
        // Canceled by a timeout or an operator, out of something, or broken.
        boolean lost = state.equals(LOCK_NOT_AVAILABLE)
                || state.equals(READ_ONLY)
                || state.startsWith("57")
                || state.startsWith("53")
                || state.startsWith("58")
                || state.startsWith("XX");
        return lost ? Disk.Trouble.LOST : Disk.Trouble.OPERATION;
    }

    /** Says what is wrong with a book that could not be opened. */
    static BookOpenException opening(String where, Exception cause) {
        if (cause instanceof BookOpenException known) return known;
        SQLException sql = sql(cause);
        String state = sql == null || sql.getSQLState() == null ? "" : sql.getSQLState();
        String advice = switch (state) {
            case "28P01", "28000" ->
                "the server did not let this user in; check the user and the password, and the server's pg_hba.conf";
            case "3D000" -> "there is no such database; make it with: create database NAME";
            case "42501" ->
                "this user may not make the book's tables; grant it create on the schema, or let another user open"
                        + " the book once and grant this one select, insert, update, delete on farebox_payment and"
                        + " farebox_price_version and select on farebox_schema_history";
            case READ_ONLY -> "the server takes no writes; name the primary, not a standby";
            case "3F000" -> "there is no schema to make tables in; check currentSchema and the search_path";
            case "53300" -> "the server has no connection left; a book needs three for each process that opens it";
            default ->
                state.startsWith("08")
                        ? "the server cannot be reached, does not answer, or is no primary that takes writes; check"
                                + " host, port and network, and that it runs"
                        : cause instanceof FlywayException
                                ? "its tables could not be brought up to date; the cause says more"
                                : "the cause says more";
        };
        return new BookOpenException(where + " cannot be opened: " + advice, cause);
    }

    private static @Nullable SQLException sql(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause())
            if (each instanceof SQLException sql && sql.getSQLState() != null) return sql;
        return null;
    }
}
