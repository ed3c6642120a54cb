package io.farebox.ledger;

import java.util.Arrays;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;

/** Brings the tables of a book up to date. Several processes may do so at once: Flyway lets one after the other. */
final class Migrations {
    private Migrations() {}

    /**
     * Makes or alters the tables, beside whatever else lies in the database's schema.
     *
     * @return what a newer version of us did to the tables, if one did: then nothing was touched
     * @throws org.flywaydb.core.api.FlywayException if the tables cannot be made or are not ours
     */
    static Optional<String> run(DataSource source) {
        Flyway flyway = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:db/farebox")
                .table("farebox_schema_history")
                .failOnMissingLocations(true)
                // A database may hold the tables of others.
                .baselineOnMigrate(true)
                .baselineVersion(MigrationVersion.fromVersion("0"))
                .load();
        Optional<String> newer = Arrays.stream(flyway.info().all())
                .filter(each -> each.getState() == MigrationState.FUTURE_SUCCESS)
                .map(MigrationInfo::getDescription)
                .findFirst();
        if (newer.isEmpty()) flyway.migrate();
        return newer;
    }
}
