package io.farebox.probe;

import io.farebox.probe.Finding.Kind;
import io.farebox.probe.Finding.Severity;
import io.farebox.probe.RouteState.Oracle;
import io.farebox.probe.corpus.Aim;
import io.farebox.probe.corpus.Shape;
import io.farebox.probe.corpus.Trial;
import io.farebox.probe.wire.RawClient;
import io.farebox.probe.wire.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at a deployment with plain requests, before anything odd is sent. */
final class Survey {
    private static final String NOWHERE = "/farebox-probe";

    private final ProbePlan plan;
    private final RawClient gateway;
    private final @Nullable RawClient upstream;
    private final List<Page> ordinary = new ArrayList<>();
    private final Map<String, Fingerprint> fingerprints = new HashMap<>();

    final List<RouteState> routes = new ArrayList<>();
    final List<Finding> findings = new ArrayList<>();

    Survey(ProbePlan plan, RawClient gateway, @Nullable RawClient upstream) {
        this.plan = plan;
        this.gateway = gateway;
        this.upstream = upstream;
    }

    /** @throws ProbeException if the gateway or the server behind it does not answer */
    Knowledge take() throws ProbeException {
        requireAnswer(gateway, "");
        if (upstream != null) requireAnswer(upstream, " (--upstream)");
        look(gateway);
        if (upstream != null) look(upstream);
        for (Aim aim : plan.routes().aims()) routes.add(route(aim));
        return new Knowledge(
                fingerprints,
                ordinary,
                plan.routes().markers(),
                plan.routes().prices(),
                plan.site().prefix());
    }

    /** The routes that are not simply open: what is served anyhow proves nothing for odd requests. */
    List<Aim> guarded() {
        return routes.stream()
                .filter(route -> route.status() >= 300)
                .map(RouteState::aim)
                .toList();
    }

    private void requireAnswer(RawClient client, String option) throws ProbeException {
        if (!(client.send(plain(plan.routes().aims().getFirst())) instanceof Reply.Silence silence)) return;
        String name = client.address() + option;
        throw new ProbeException(
                switch (silence.cause()) {
                    case UNREACHABLE ->
                        name + " cannot be reached: " + silence.detail() + ". Check the address and the port.";
                    case TLS ->
                        "TLS with " + name + " fails: " + silence.detail()
                                + ". Check the port; a certificate of your own is trusted with -Djavax.net.ssl.trustStore.";
                    case TIMEOUT ->
                        name + " took the connection and did not answer within "
                                + plan.manner().timeout().toMillis() + " ms. Look after it, or give it more --timeout.";
                    case CLOSED -> name + " closed the connection without an answer. Is it HTTP, and not HTTPS?";
                    case GARBLED -> name + " does not speak HTTP/1.1: " + silence.detail() + ".";
                });
    }

    private void look(RawClient client) {
        for (String path : ordinaryPaths()) {
            if (client.send(Trial.of(Shape.PLAIN, "", "GET", path)) instanceof Reply.Answer answer) {
                ordinary.add(Page.of(answer, path));
            }
        }
    }

    private Set<String> ordinaryPaths() {
        Set<String> paths = new LinkedHashSet<>(List.of("/", NOWHERE, NOWHERE + "/x"));
        for (String free : plan.routes().free()) {
            paths.add(free);
            paths.add((free.endsWith("/") ? free : free + "/") + NOWHERE.substring(1));
        }
        plan.routes().aims().forEach(aim -> paths.remove(aim.path()));
        return paths;
    }

    private RouteState route(Aim aim) {
        Reply reply = gateway.send(plain(aim));
        int status = reply instanceof Reply.Answer answer ? answer.status() : 0;
        boolean payable = reply instanceof Reply.Answer answer && Challenges.isPayable(answer);
        String note = fingerprint(aim);
        Oracle oracle = Oracle.COMPARISON;
        if (fingerprints.containsKey(aim.id())) oracle = Oracle.FINGERPRINT;
        else if (!plan.routes().markers().isEmpty()) oracle = Oracle.MARKER;
        if (!payable) findings.add(open(aim, status));
        return new RouteState(aim, status, payable, oracle, note);
    }

    /** Learns what the route's answer looks like; returns what a person should know if that did not work. */
    private String fingerprint(Aim aim) {
        if (upstream == null) return "";
        List<Page> samples = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            if (upstream.send(plain(aim)) instanceof Reply.Answer answer) samples.add(Page.of(answer, aim.path()));
        }
        if (samples.size() < 2) return "the server, asked directly, does not answer it";
        int status = samples.getFirst().status();
        if (status >= 400) {
            return "the server, asked directly, answers " + status + "; give an example that it serves (--path), what"
                    + " it asks for (--header), or a text of paid answers (--marker)";
        }
        Fingerprint print = Fingerprint.of(samples, ordinary);
        if (print == null) return "its answer has no words of its own; give a text that paid answers hold (--marker)";
        fingerprints.put(aim.id(), print);
        return "";
    }

    private static Finding open(Aim aim, int status) {
        boolean served = status >= 200 && status < 300;
        String why = served
                ? "The route was served to a plain request without payment."
                : status == 402
                        ? "The 402 does not say how to pay: it has no offer in its body or in PAYMENT-REQUIRED."
                        : "A plain request without payment was answered " + status + " and not 402.";
        String remedy = served
                ? Shape.PLAIN.remedy()
                : "Check that this address serves this price list, and that its facilitators answer.";
        return new Finding(
                served ? Kind.REACHED : Kind.NO_CHALLENGE,
                served ? Severity.HIGH : Severity.MEDIUM,
                plain(aim),
                status,
                0,
                why,
                remedy);
    }

    static Trial plain(Aim aim) {
        return Trial.of(Shape.PLAIN, aim.id(), aim.method(), aim.path());
    }
}
