package io.farebox.app.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code expect}: asks URLs and compares the status of each answer; for images, which have no other program to ask with. */
final class ExpectCommand {
    /** An answer was another one, or none. */
    static final int OTHERWISE = 1;

    private static final Pattern EXPECTED = Pattern.compile("([1-5](?:[0-9]{2}|xx))=(https?://.+)");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Surroundings here;

    ExpectCommand(Surroundings here) {
        this.here = here;
    }

    int run(List<String> arguments) {
        Options options = Options.read(arguments, Set.of(), Set.of());
        if (options.words().isEmpty())
            throw new UsageException("expect needs STATUS=URL, such as 402=http://api/quotes.");
        boolean all = true;
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build()) {
            for (String each : options.words()) all &= isSo(each, http);
        }
        return all ? 0 : OTHERWISE;
    }

    private boolean isSo(String word, HttpClient http) {
        Matcher expected = EXPECTED.matcher(word);
        if (!expected.matches())
            throw new UsageException("\"" + word + "\" is not STATUS=URL, such as 2xx=http://api/health.");
        String status = status(http, expected.group(2));
        boolean so = status.matches(expected.group(1).replace('x', '.'));
        (so ? here.out() : here.err())
                .println(expected.group(2) + " answered " + status + (so ? "" : ", not " + expected.group(1)));
        return so;
    }

    private static String status(HttpClient http, String url) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
            return String.valueOf(
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
        } catch (IOException e) {
            return "nothing";
        } catch (IllegalArgumentException e) {
            throw new UsageException("\"" + url + "\" is no URL.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "nothing";
        }
    }
}
