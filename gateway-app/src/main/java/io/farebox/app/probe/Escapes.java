package io.farebox.app.probe;

import io.farebox.gate.Header;
import io.farebox.probe.corpus.Trial;
import java.util.Locale;

/** Shows what was sent so that a terminal cannot be fooled and a person can send it again. */
final class Escapes {
    private Escapes() {}

    /** Printable ASCII as it is; everything else, and the backslash, escaped. */
    static String visible(String text) {
        var shown = new StringBuilder();
        for (char c : text.toCharArray()) {
            if (c == '\\') shown.append("\\\\");
            else if (c >= ' ' && c <= '~') shown.append(c);
            else if (c <= 0xFF) shown.append(String.format(Locale.ROOT, "\\x%02x", (int) c));
            else shown.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
        }
        return shown.toString();
    }

    /** Method, target and what else is odd, in one line. */
    static String request(Trial trial) {
        var line = new StringBuilder(visible(trial.method())).append(' ').append(visible(trial.target()));
        if (!trial.version().equals(Trial.USUAL_VERSION)) line.append(' ').append(visible(trial.version()));
        if (!trial.named()) line.append(" (without the usual Host)");
        for (Header header : trial.headers()) {
            line.append(" [")
                    .append(visible(header.name() + ": " + header.value()))
                    .append(']');
        }
        return line.toString();
    }

    /** A curl command that sends the same; empty if curl cannot. Headers of {@code --header} are not repeated. */
    static String curl(Trial trial, String gateway) {
        boolean plain = trial.version().equals(Trial.USUAL_VERSION) && trial.named();
        String all = trial.method() + trial.target();
        if (!plain || !all.chars().allMatch(c -> c > ' ' && c <= '~')) return "";
        var command = new StringBuilder("curl -i --path-as-is");
        if (trial.method().equals("HEAD")) command.append(" -I");
        else if (!trial.method().equals("GET")) command.append(" -X ").append(quoted(trial.method()));
        command.append(" --request-target ").append(quoted(trial.target()));
        for (Header header : trial.headers()) {
            String value = header.name() + (header.value().isEmpty() ? ";" : ": " + header.value());
            if (!value.chars().allMatch(c -> c >= ' ' && c <= '~')) return "";
            command.append(" -H ").append(quoted(value));
        }
        return command.append(' ').append(gateway).toString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
