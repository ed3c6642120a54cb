package io.farebox.app.command.openapi;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path template of OpenAPI as a path of ours. Where ours cannot say the same it says more, never less: a request that was meant
 * to be priced must not slip past its route.
 *
 * @param path such as {@code /pets/{id}}
 * @param exact whether it matches what the template does and nothing else
 */
record MatchPath(String path, boolean exact) {
    private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]+)}");
    private static final Pattern MANY = Pattern.compile("\\{\\+[^{}]*}|\\{[^{}]*[*+]}");
    private static final Pattern NOT_IN_PATH = Pattern.compile("\\{?[?#&].*");
    private static final String NOT_IN_SEGMENT = "*{}%?#;\\";

    static MatchPath of(String template) {
        return new Reading().read(template);
    }

    private static final class Reading {
        private final List<String> segments = new ArrayList<>();
        private final Set<String> names = new HashSet<>();
        private boolean exact = true;

        MatchPath read(String template) {
            String path = NOT_IN_PATH.matcher(template).replaceFirst("");
            if (!path.equals(template)) exact = false;
            for (String segment : path.split("/")) {
                if (segment.isEmpty()) continue;
                if (MANY.matcher(segment).matches() || segment.equals("**")) {
                    segments.add("**");
                    exact &= path.endsWith(segment);
                    break;
                }
                segments.add(segment(segment));
            }
            return new MatchPath("/" + String.join("/", segments), exact);
        }

        private String segment(String text) {
            if (text.equals("*")) return text;
            Matcher variable = VARIABLE.matcher(text);
            if (variable.matches()) return variable(variable.group(1));
            String literal = PercentCode.decoded(text).orElse("");
            if (isLiteral(literal)) return literal;
            exact = false;
            return variable(variable.find(0) ? variable.group(1) : "segment");
        }

        private String variable(String name) {
            String legal = name.replaceAll("[^A-Za-z0-9_-]+", "_").replaceFirst("^(?![A-Za-z_])", "_");
            legal = legal.substring(0, Math.min(legal.length(), 60));
            String own = legal;
            for (int i = 2; !names.add(own); i++) own = legal + i;
            return "{" + own + "}";
        }

        private static boolean isLiteral(String text) {
            if (text.isEmpty() || text.equals(".") || text.equals("..") || ":[".indexOf(text.charAt(0)) >= 0)
                return false;
            return text.codePoints()
                    .noneMatch(c -> PlainText.isUnprintable(c) || NOT_IN_SEGMENT.indexOf(c) >= 0 || c == '/');
        }
    }
}
