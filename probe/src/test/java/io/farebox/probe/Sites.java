package io.farebox.probe;

import static io.farebox.testkit.host.WireServer.page;
import static io.farebox.testkit.host.WireServer.target;

import io.farebox.gate.RequestFirewall;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;

/** Sites with a priced path, as they are found in the wild. A server, and gateways of several minds before it. */
final class Sites {
    static final String CHALLENGE = "{\"x402Version\":1,\"error\":\"pay\",\"accepts\":[{\"scheme\":\"exact\"}]}";
    static final String GOLD = "gold silver at ";
    private static final String JSON = "Content-Type: application/json";

    private Sites() {}

    /** Tidies targets up as servlet containers do: {@code /private} costs, {@code /free} does not, the rest is a front page. */
    static String server(String head) {
        String method = head.substring(0, head.indexOf(' '));
        String path = tidied(target(head));
        String text = "front page";
        if (path.equals("/private")) text = GOLD + System.nanoTime();
        else if (path.startsWith("/free")) text = "lead at " + System.nanoTime();
        String answer = page(200, text);
        return method.equals("HEAD") ? answer.substring(0, answer.indexOf("\r\n\r\n") + 4) : answer;
    }

    /** Prices by how the target begins. */
    static String leaky(String head) {
        return target(head).startsWith("/private") ? challenge() : server(head);
    }

    /** Refuses what is ambiguous, and prices without regard to case and endings. */
    static String tight(String head) {
        String method = head.substring(0, head.indexOf(' '));
        String[] parts = target(head).split("\\?", 2);
        int hosts = head.split("(?i)\r\nhost:", -1).length - 1;
        String refusal = RequestFirewall.check(method, parts[0], parts.length == 2 ? parts[1] : null, hosts);
        if (refusal != null)
            return page(RequestFirewall.status(refusal), "{\"error\":\"" + refusal + "\",\"message\":\"no\"}", JSON);
        String path = tidied(parts[0]).toLowerCase(java.util.Locale.ROOT);
        if (path.equals("/private")) return challenge();
        return path.startsWith("/private") ? page(404, "nothing") : server(head);
    }

    static Function<String, String> refusing(String part) {
        return head -> target(head).contains(part) ? page(400, "no") : tight(head);
    }

    static String challenge() {
        return page(402, CHALLENGE, JSON);
    }

    private static String tidied(String target) {
        String path = target.split("[?#]", 2)[0];
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : path.split("/")) {
            String plain = decoded(segment.split(";", 2)[0]);
            if (plain.equals("..")) segments.pollLast();
            else if (!plain.isEmpty() && !plain.equals(".")) segments.add(plain);
        }
        return "/" + String.join("/", segments);
    }

    private static String decoded(String segment) {
        try {
            return java.net.URLDecoder.decode(segment.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return segment;
        }
    }
}
