package io.farebox.pricing;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds URLs against what we are willing to talk to, or to be reached at. */
final class UrlCheck {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Problems problems;

    UrlCheck(Problems problems) {
        this.problems = problems;
    }

    /** https, or http on loopback; no credentials, query or fragment. Null after reporting a problem. */
    @Nullable
    URI service(Tree.Leaf leaf) {
        URI url = httpUrl(leaf);
        if (url == null) return null;
        return isSecure(url, leaf) & hasNoQuery(url, leaf) ? url : null;
    }

    /** Like {@link #service}, but a query may carry a key, as RPC providers have it. */
    boolean isRpc(Tree.Leaf leaf) {
        URI url = httpUrl(leaf);
        return url != null && isSecure(url, leaf);
    }

    /** http or https anywhere: an upstream sits in our own network. */
    @Nullable
    URI upstream(Tree.Leaf leaf) {
        URI url = httpUrl(leaf);
        return url != null && hasNoQuery(url, leaf) ? url : null;
    }

    static boolean isLoopback(URI url) {
        String host = url.getHost().toLowerCase(Locale.ROOT);
        return LOOPBACK.contains(host) || host.matches("127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");
    }

    private @Nullable URI httpUrl(Tree.Leaf leaf) {
        URI url;
        try {
            url = new URI(leaf.text());
        } catch (URISyntaxException e) {
            return syntax(leaf);
        }
        if (!url.isAbsolute() || leaf.text().indexOf('\\') >= 0) return syntax(leaf);
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            problems.wrong(ProblemCode.URL_SCHEME, leaf, "is neither https nor http", "Write a URL with https://.");
            return null;
        }
        String authority = url.getRawAuthority();
        if (authority != null && authority.indexOf('@') >= 0) {
            var hidden = new Tree.Leaf(leaf.text(), leaf.place(), true);
            String fix = "Remove what stands before the @; facilitators have auth for that.";
            problems.wrong(ProblemCode.URL_CREDENTIALS, hidden, "has a user or password in it", fix);
            return null;
        }
        return url.getHost() == null || url.getPort() > 65_535 ? syntax(leaf) : url;
    }

    private @Nullable URI syntax(Tree.Leaf leaf) {
        String fix = "Write it whole: https://host/path.";
        problems.wrong(ProblemCode.URL_SYNTAX, leaf, "is not an absolute URL", fix);
        return null;
    }

    private boolean isSecure(URI url, Tree.Leaf leaf) {
        if (url.getScheme().equalsIgnoreCase("https") || isLoopback(url)) return true;
        String fix = "Use https; plain http is for localhost only.";
        problems.wrong(ProblemCode.URL_INSECURE, leaf, "is plain http to another machine", fix);
        return false;
    }

    private boolean hasNoQuery(URI url, Tree.Leaf leaf) {
        if (url.getRawQuery() == null && url.getRawFragment() == null) return true;
        String fix = "Cut it off at the question mark or hash.";
        problems.wrong(ProblemCode.URL_QUERY, leaf, "has a query or a fragment", fix);
        return false;
    }
}
