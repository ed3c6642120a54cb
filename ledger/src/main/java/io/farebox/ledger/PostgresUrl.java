package io.farebox.ledger;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The URL of a shared book, {@code jdbc:postgresql://HOST/DATABASE}. It may hold a password, so nothing of it is shown but
 * {@link #where()}.
 */
final class PostgresUrl {
    static final String PREFIX = "jdbc:postgresql:";

    /** Unless the URL says otherwise. A standby cannot be written, so we never want one of several hosts that is one. */
    private static final Map<PGProperty, String> DEFAULTS = Map.of(
            PGProperty.CONNECT_TIMEOUT, "2",
            PGProperty.TCP_KEEP_ALIVE, "true",
            PGProperty.TARGET_SERVER_TYPE, "primary");

    private final String url;
    private final Properties parsed;

    private PostgresUrl(String url, Properties parsed) {
        this.url = url;
        this.parsed = parsed;
    }

    /** @throws BookOpenException if it is no such URL */
    static PostgresUrl parse(String url) {
        // What the driver says of a URL that it cannot read would show the password.
        Properties parsed = url.startsWith(PREFIX) ? parsed(url) : null;
        if (parsed == null || PGProperty.PG_DBNAME.getOrDefault(parsed) == null || hasCredentialsInHost(parsed))
            throw new BookOpenException(
                    "book.url: not a URL that PostgreSQL's driver can read; write"
                            + " jdbc:postgresql://HOST:5432/DATABASE?user=NAME&password=PASSWORD, with % and two hex digits"
                            + " for each character of the password that is no letter or digit",
                    null);
        return new PostgresUrl(url, parsed);
    }

    /** {@code //user:password@host} is no form that the driver knows: it takes all of that for the host, which is shown. */
    private static boolean hasCredentialsInHost(Properties parsed) {
        String host = PGProperty.PG_HOST.getOrDefault(parsed);
        return host != null && host.contains("@");
    }

    private static @Nullable Properties parsed(String url) {
        try {
            // The driver logs what it cannot decode.
            URLDecoder.decode(url, StandardCharsets.UTF_8);
            return Driver.parseURL(url, null);
        } catch (RuntimeException e) {
            return null;
        }
    }

    /**
     * Connects anew each time.
     *
     * @param name what the server's views call the connections, unless the URL does
     * @param silence a server that says nothing for that long is given up
     */
    PGSimpleDataSource source(String name, Duration silence) {
        try {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(url);
            for (Map.Entry<PGProperty, String> each : DEFAULTS.entrySet())
                if (!each.getKey().isPresent(parsed)) source.setProperty(each.getKey(), each.getValue());
            if (!PGProperty.APPLICATION_NAME.isPresent(parsed)) source.setApplicationName(name);
            if (!PGProperty.SOCKET_TIMEOUT.isPresent(parsed)) source.setSocketTimeout((int) silence.toSeconds());
            return source;
        } catch (RuntimeException e) {
            throw new BookOpenException(
                    "book.url: PostgreSQL's driver does not take a setting after the '?'; see its list of connection"
                            + " parameters",
                    null);
        }
    }

    /** The database, its host and the user, for messages. */
    String where() {
        String user = PGProperty.USER.getOrDefault(parsed);
        return "the book in database " + PGProperty.PG_DBNAME.getOrDefault(parsed) + " on "
                + PGProperty.PG_HOST.getOrDefault(parsed) + ", port " + PGProperty.PG_PORT.getOrDefault(parsed)
                + (user == null ? "" : ", as " + user);
    }
}
