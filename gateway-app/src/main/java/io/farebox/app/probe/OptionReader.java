package io.farebox.app.probe;

import io.farebox.gate.Header;
import io.farebox.gate.RequestFirewall;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/** Reads a command line. {@code --name value} and {@code --name=value} are the same. */
final class OptionReader {
    private static final List<String> PAYMENTS = List.of("x-payment", "payment-signature", "idempotency-key");

    private final Options options = new Options();

    private OptionReader() {}

    static Options read(List<String> arguments) throws UsageException {
        var reader = new OptionReader();
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) reader.take(rest.next(), rest);
        if (reader.options.help || reader.options.gateway != null) return reader.options;
        throw new UsageException(
                "There is no URL to probe. Write: farebox probe https://api.example.com --config FILE");
    }

    private void take(String argument, Iterator<String> rest) throws UsageException {
        if (!argument.startsWith("-")) {
            if (options.gateway != null)
                throw new UsageException("Two URLs: probe one at a time. An option is misspelled?");
            options.gateway = url("URL", argument);
            return;
        }
        if (flag(argument)) return;
        int equals = argument.indexOf('=');
        String name = equals < 0 ? argument : argument.substring(0, equals);
        if (!isKnown(name)) throw new UsageException("There is no option " + name + ". See: farebox probe --help");
        if (equals < 0 && !rest.hasNext()) throw new UsageException(name + " needs a value after it.");
        value(name, equals < 0 ? rest.next() : argument.substring(equals + 1));
    }

    private boolean flag(String argument) {
        switch (argument) {
            case "--unsafe-methods" -> options.unsafe = true;
            case "--mine" -> options.mine = true;
            case "--help", "-h" -> options.help = true;
            default -> {
                return false;
            }
        }
        return true;
    }

    private static boolean isKnown(String name) {
        return switch (name) {
            case "--config", "--upstream", "--must-refuse", "--path", "--free", "--marker", "--header" -> true;
            case "--json", "--targets", "--seed", "--rate", "--timeout", "--max-time" -> true;
            default -> false;
        };
    }

    private void value(String name, String value) throws UsageException {
        switch (name) {
            case "--config" -> options.config = file(name, value);
            case "--json" -> options.json = file(name, value);
            case "--upstream" -> options.upstream = url(name, value);
            case "--must-refuse" -> options.closed.add(url(name, value));
            case "--path" -> options.paths.add(path(name, value));
            case "--free" -> options.free.add(path(name, value));
            case "--marker" -> options.markers.add(marker(value));
            case "--header" -> options.headers.add(header(value));
            case "--targets" -> options.requests = (int) number(name, value, 1, Options.MOST_REQUESTS);
            case "--seed" -> options.seed = number(name, value, Long.MIN_VALUE, Long.MAX_VALUE);
            case "--rate" -> options.rate = (int) number(name, value, 1, Options.HIGHEST_RATE);
            case "--timeout" -> options.timeout = duration(name, value);
            case "--max-time" -> options.longest = duration(name, value);
            default -> throw new IllegalStateException(name);
        }
    }

    private static URI url(String name, String value) throws UsageException {
        try {
            URI url = new URI(value);
            String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            boolean web = scheme.equals("http") || scheme.equals("https");
            boolean bare = url.getRawQuery() == null && url.getRawFragment() == null && url.getUserInfo() == null;
            if (web && bare && url.getHost() != null && url.getPort() <= 65_535) return url;
        } catch (URISyntaxException e) {
            // Told below.
        }
        throw new UsageException(name
                + " is no address to probe: write https://host or http://host:port, without user, query or fragment.");
    }

    private static String path(String name, String value) throws UsageException {
        int mark = value.indexOf('?');
        String path = mark < 0 ? value : value.substring(0, mark);
        if (mark < 0 && RequestFirewall.check("GET", path, null, 1) == null) return value;
        throw new UsageException(name + " " + Escapes.visible(value)
                + " is no plain path: write it as in a URL, percent-encoded, without a query.");
    }

    private static String marker(String value) throws UsageException {
        if (value.length() >= 3) return value;
        throw new UsageException("--marker needs at least three characters, or free pages will hold it by chance.");
    }

    private static Header header(String value) throws UsageException {
        int colon = value.indexOf(':');
        String name = colon < 0 ? "" : value.substring(0, colon).strip();
        boolean clean = value.chars().allMatch(c -> c >= ' ' && c <= 0xFF && c != 127);
        if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+") || !clean) {
            throw new UsageException("--header is no header: write 'Name: value'.");
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (PAYMENTS.contains(lower) || lower.startsWith("x-payment-")) {
            throw new UsageException("--header " + name + " would pay or look like it. The probe never pays.");
        }
        return new Header(name, value.substring(colon + 1).strip());
    }

    private static long number(String name, String value, long least, long most) throws UsageException {
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) return number;
        } catch (NumberFormatException e) {
            // Told below.
        }
        String range = least == Long.MIN_VALUE ? "a whole number" : "a number from " + least + " to " + most;
        throw new UsageException(name + " needs " + range + ", not " + Escapes.visible(value) + ".");
    }

    private static Duration duration(String name, String value) throws UsageException {
        String text = value.endsWith("ms") ? value.substring(0, value.length() - 2) : value;
        long unit = value.endsWith("ms") ? 1 : value.endsWith("m") ? 60_000 : 1_000;
        if (!value.endsWith("ms") && (value.endsWith("s") || value.endsWith("m"))) {
            text = value.substring(0, value.length() - 1);
        }
        if (text.matches("[0-9]{1,6}") && Long.parseLong(text) > 0)
            return Duration.ofMillis(Long.parseLong(text) * unit);
        throw new UsageException(
                name + " needs a duration such as 500ms, 10s or 5m, not " + Escapes.visible(value) + ".");
    }

    private static Path file(String name, String value) throws UsageException {
        try {
            if (!value.isBlank()) return Path.of(value);
        } catch (InvalidPathException e) {
            // Told below.
        }
        throw new UsageException(name + " needs a file.");
    }
}
