package io.farebox.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;

/**
 * Brings the tables of a book up to date. Several processes may do so at once: Flyway lets one after the other, but for the very
 * first moment of a database, when those that come second fail; they try again.
 */
final class Migrations {
    private static final int ATTEMPTS = 8;
    private static final Duration BETWEEN = Duration.ofMillis(500);

    private Migrations() {}

    /**
     * Where the two databases are spelled differently.
     *
     * @param stored ends the definition of a derived column
     * @param onAShelf keeps payments under way out of an index; H2 has no such thing
     */
    private record Dialect(String stored, String onAShelf) {
        static Dialect of(DataSource source) {
            try (Connection connection = source.getConnection()) {
                String product = connection.getMetaData().getDatabaseProductName();
                return product.equals("PostgreSQL")
                        ? new Dialect("stored", "where shelf is not null")
                        : new Dialect("", "");
            } catch (SQLException e) {
                throw new FlywayException("the database cannot be asked what it is", e);
            }
        }
    }

    /**
     * Makes or alters the tables, beside whatever else lies in the database's schema.
     *
     * @return what a newer version of us did to the tables, if one did: then nothing was touched
     * @throws org.flywaydb.core.api.FlywayException if the tables cannot be made or are not ours
     */
    static Optional<String> run(DataSource source) {
        Dialect dialect = Dialect.of(source);
        Flyway flyway = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:db/farebox")
                .table("farebox_schema_history")
                .failOnMissingLocations(true)
                // A database may hold the tables of others.
                .baselineOnMigrate(true)
                .baselineVersion(MigrationVersion.fromVersion("0"))
                .placeholders(Map.of("stored", dialect.stored(), "on_a_shelf", dialect.onAShelf()))
                .load();
        Optional<String> newer = Arrays.stream(flyway.info().all())
                .filter(each -> each.getState() == MigrationState.FUTURE_SUCCESS)
                .map(MigrationInfo::getDescription)
                .findFirst();
        if (newer.isEmpty()) migrate(flyway);
        return newer;
    }

    private static void migrate(Flyway flyway) {
        for (int left = ATTEMPTS - 1; ; left--) {
            try {
                flyway.migrate();
                return;
            } catch (FlywayException e) {
                if (left == 0) throw e;
                LockSupport.parkNanos(BETWEEN.toNanos());
            }
        }
    }
}
