package io.farebox.ledger;

import io.farebox.gate.DeliveryState;
import io.farebox.gate.PaymentState;
import io.farebox.x402.Network;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a {@link Row} lies in its table. The order of the columns is said once, here. */
final class PaymentTable {
    static final String NAME = "farebox_payment";

    private static final List<String> COLUMNS = List.of(
            "payment_id",
            "fence",
            "state",
            "delivery",
            "payer",
            "network",
            "asset",
            "amount",
            "pay_to",
            "route_id",
            "price_version",
            "request_digest",
            "body_digest",
            "valid_before",
            "facilitator",
            "payload",
            "receipt_payer",
            "receipt_tx",
            "tx_key",
            "releases",
            "reason",
            "owner",
            "lease_until",
            "wakes_at",
            "settling_since",
            "settled_at",
            "owed_until",
            "run_key",
            "created_at",
            "updated_at",
            "version",
            "payment_key");

    static final String SELECT = "select " + String.join(", ", COLUMNS) + " from " + NAME;

    static final String INSERT = "insert into " + NAME + " (" + String.join(", ", COLUMNS) + ") values ("
            + COLUMNS.stream().map(column -> "?").collect(Collectors.joining(", ")) + ")";

    /** The key is the last column of all, so the same parameters fit; the version that was read comes after it. */
    static final String UPDATE = "update " + NAME + " set "
            + COLUMNS.stream()
                    .filter(column -> !column.equals("payment_key"))
                    .map(column -> column + " = ?")
                    .collect(Collectors.joining(", "))
            + " where payment_key = ? and version = ?";

    private PaymentTable() {}

    /** Sets the parameters of an insert or update; returns how many. */
    static int bind(PreparedStatement statement, Row row) throws SQLException {
        Parameters to = new Parameters(statement);
        to.text(row.id).number(row.fence).text(row.state.name()).text(row.delivery.name());
        to.text(row.payer).text(row.network.caip2()).text(row.asset).amount(new BigDecimal(row.amount));
        to.text(row.payTo).text(row.routeId).text(row.priceVersion);
        to.text(row.requestDigest).text(row.bodyDigest).number(row.validBefore);
        to.text(row.facilitator).text(row.payload);
        to.text(row.receiptPayer).text(row.transaction).text(row.transactionKey());
        to.number((long) row.releases).text(row.reason);
        to.text(row.owner).number(row.leaseUntil).number(row.wakesAt());
        to.number(row.settlingSince).number(row.settledAt).number(row.owedUntil);
        to.text(row.runKey).number(row.createdAt).number(row.updatedAt);
        to.number(row.version).text(row.key);
        return to.count;
    }

    static Row read(ResultSet from) throws SQLException {
        Row row = new Row();
        row.key = text(from, "payment_key");
        row.id = text(from, "payment_id");
        row.fence = from.getLong("fence");
        row.version = from.getLong("version");
        row.state = PaymentState.valueOf(text(from, "state"));
        row.delivery = DeliveryState.valueOf(text(from, "delivery"));
        row.payer = text(from, "payer");
        row.network = new Network(text(from, "network"));
        row.asset = text(from, "asset");
        row.amount = from.getBigDecimal("amount").toBigIntegerExact();
        row.payTo = text(from, "pay_to");
        row.routeId = text(from, "route_id");
        row.priceVersion = text(from, "price_version");
        row.requestDigest = text(from, "request_digest");
        row.bodyDigest = from.getString("body_digest");
        row.validBefore = from.getLong("valid_before");
        readProgress(from, row);
        return row;
    }

    private static void readProgress(ResultSet from, Row row) throws SQLException {
        row.facilitator = from.getString("facilitator");
        row.payload = from.getString("payload");
        row.receiptPayer = from.getString("receipt_payer");
        row.transaction = from.getString("receipt_tx");
        row.releases = from.getInt("releases");
        row.reason = from.getString("reason");
        row.owner = text(from, "owner");
        row.leaseUntil = from.getLong("lease_until");
        row.settlingSince = number(from, "settling_since");
        row.settledAt = number(from, "settled_at");
        row.owedUntil = number(from, "owed_until");
        row.runKey = from.getString("run_key");
        row.createdAt = from.getLong("created_at");
        row.updatedAt = from.getLong("updated_at");
    }

    private static String text(ResultSet from, String column) throws SQLException {
        return Objects.requireNonNull(from.getString(column), column);
    }

    private static @Nullable Long number(ResultSet from, String column) throws SQLException {
        long value = from.getLong(column);
        return from.wasNull() ? null : value;
    }

    /** Sets parameters one after the other. */
    private static final class Parameters {
        private final PreparedStatement statement;
        private int count;

        Parameters(PreparedStatement statement) {
            this.statement = statement;
        }

        Parameters text(@Nullable String value) throws SQLException {
            statement.setString(++count, value);
            return this;
        }

        Parameters number(@Nullable Long value) throws SQLException {
            if (value == null) statement.setNull(++count, Types.BIGINT);
            else statement.setLong(++count, value);
            return this;
        }

        Parameters amount(BigDecimal value) throws SQLException {
            statement.setBigDecimal(++count, value);
            return this;
        }
    }
}
