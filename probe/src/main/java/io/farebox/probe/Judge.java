package io.farebox.probe;

import io.farebox.probe.Finding.Kind;
import io.farebox.probe.Finding.Severity;
import io.farebox.probe.corpus.Corpus;
import io.farebox.probe.corpus.Shape;
import io.farebox.probe.corpus.Trial;
import io.farebox.probe.wire.Reply;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Says of each answer whether it is as it should be. Asks again only where a {@code HEAD} has told too little. */
final class Judge {
    private static final Set<Integer> ERRORS = Set.of(500, 502, 504);

    private final Knowledge knowledge;
    private final boolean upstreamKnown;
    private final Function<Trial, Reply> ask;

    /** @param ask sends a request to the gateway */
    Judge(Knowledge knowledge, boolean upstreamKnown, Function<Trial, Reply> ask) {
        this.knowledge = knowledge;
        this.upstreamKnown = upstreamKnown;
        this.ask = ask;
    }

    /**
     * What became of a request.
     *
     * @param served whether the server behind the gateway, asked directly, gives a priced answer
     */
    record Judgement(
            Outcome outcome, boolean served, @Nullable Finding finding) {}

    /** @param upstream what the server behind the gateway answers to the same; null if it was not asked */
    Judgement judge(Trial trial, Reply gateway, @Nullable Reply upstream) {
        boolean served = upstream instanceof Reply.Answer direct && knowledge.priced(direct, trial.target()) != null;
        Finding finding = switch (gateway) {
            case Reply.Silence silence -> silent(trial, silence, upstream);
            case Reply.Answer answer -> answered(trial, answer, upstream, served);
        };
        return new Judgement(Outcome.of(gateway), served, finding);
    }

    private @Nullable Finding silent(Trial trial, Reply.Silence silence, @Nullable Reply upstream) {
        if (trial.shape() != Shape.LEGAL || upstream instanceof Reply.Silence) return null;
        String why = "There was no answer to a plain legal URL: " + silence.detail() + ".";
        return finding(Kind.LEGAL_REFUSED, Severity.LOW, trial, 0, upstream, why);
    }

    private @Nullable Finding answered(Trial trial, Reply.Answer answer, @Nullable Reply upstream, boolean served) {
        int status = answer.status();
        String priced = knowledge.priced(answer, trial.target());
        if (priced != null) {
            return finding(
                    Kind.REACHED,
                    Severity.HIGH,
                    trial,
                    status,
                    upstream,
                    "The answer " + priced + ", and nobody paid.");
        }
        if (status == 402) return challenged(trial, answer, upstream);
        if (ERRORS.contains(status)) return failed(trial, answer, upstream);
        if (trial.shape() == Shape.LEGAL) return legal(trial, answer, upstream);
        if (status == 101) {
            String why = "The connection was switched to another protocol, in which nobody looks at prices.";
            return finding(Kind.SUSPICIOUS, Severity.MEDIUM, trial, status, upstream, why);
        }
        return answer.isSuccess() ? passed(trial, answer, upstream, served) : null;
    }

    private @Nullable Finding challenged(Trial trial, Reply.Answer answer, @Nullable Reply upstream) {
        if (!Challenges.mentions(answer, Corpus.STRANGER)) return null;
        String why = "The 402 names " + Corpus.STRANGER + ", which is what the client said and not where it is.";
        return finding(Kind.SPOOFED_NAME, Severity.MEDIUM, trial, answer.status(), upstream, why);
    }

    private @Nullable Finding failed(Trial trial, Reply.Answer answer, @Nullable Reply upstream) {
        boolean alike = upstream instanceof Reply.Answer direct ? direct.status() >= 500 : upstream != null;
        if (alike) return null;
        String why = "The gateway failed where it should refuse or pass.";
        return finding(Kind.SERVER_ERROR, Severity.LOW, trial, answer.status(), upstream, why);
    }

    private @Nullable Finding legal(Trial trial, Reply.Answer answer, @Nullable Reply upstream) {
        if (answer.status() != 400) return null;
        boolean ours = !Challenges.error(answer).isEmpty();
        if (!ours && upstreamKnown && !(upstream instanceof Reply.Answer direct && direct.status() != 400)) return null;
        String by = ours ? "Farebox (" + Challenges.error(answer) + ")" : "the gateway or something before it";
        if (!ours && !upstreamKnown) by = "something that is not Farebox: a proxy before it, or the server behind it";
        Severity severity = ours || upstreamKnown ? Severity.MEDIUM : Severity.LOW;
        return finding(
                Kind.LEGAL_REFUSED, severity, trial, 400, upstream, "A plain legal URL was refused by " + by + ".");
    }

    /** Something was served, and it is no answer that is known to be priced. */
    private @Nullable Finding passed(Trial trial, Reply.Answer answer, @Nullable Reply upstream, boolean served) {
        if (trial.method().equals("HEAD")) return asGet(trial, upstream);
        int status = answer.status();
        String why = switch (trial.method()) {
            case "OPTIONS" -> null;
            case "CONNECT" -> "A tunnel was opened, in which nobody looks at prices.";
            case "TRACE" ->
                answer.text().contains("TRACE ") ? "The answer repeats what the client sent, payments included." : null;
            default -> unexplained(trial, answer, served);
        };
        return why == null ? null : finding(Kind.SUSPICIOUS, Severity.MEDIUM, trial, status, upstream, why);
    }

    private @Nullable String unexplained(Trial trial, Reply.Answer answer, boolean served) {
        if (knowledge.isOrdinary(answer, trial.target()) || knowledge.isFree(trial)) return null;
        if (served) return "Asked directly, the server gives a priced answer to this; the gateway passed it.";
        if (knowledge.wouldTell(trial.aim())) return null;
        return "Something was served that is like no free page; it may be route " + trial.aim() + ".";
    }

    /** A HEAD has no content to know it by: it is what a GET of the same would be. */
    private @Nullable Finding asGet(Trial trial, @Nullable Reply upstream) {
        if (knowledge.isFree(trial)) return null;
        if (!(ask.apply(trial.by("GET")) instanceof Reply.Answer get)) return null;
        if (get.status() == 402) {
            String why = "HEAD is served where GET has to be paid for.";
            return finding(Kind.REACHED, Severity.HIGH, trial, 200, upstream, why);
        }
        Finding found = get.isSuccess() ? answered(trial.by("GET"), get, null, false) : null;
        if (found == null) return null;
        return finding(found.kind(), found.severity(), trial, get.status(), upstream, found.why());
    }

    private static Finding finding(
            Kind kind, Severity severity, Trial trial, int status, @Nullable Reply upstream, String why) {
        int direct = upstream instanceof Reply.Answer answer ? answer.status() : 0;
        String remedy = switch (kind) {
            case REACHED, SUSPICIOUS -> trial.shape().remedy();
            case SPOOFED_NAME -> "Take the name from the configuration (public-url), not from the request.";
            case LEGAL_REFUSED -> Shape.LEGAL.remedy();
            case SERVER_ERROR -> "Look into the gateway's log for this target.";
            case NO_CHALLENGE, UPSTREAM_REACHABLE -> "";
        };
        return new Finding(kind, severity, trial, status, direct, why, remedy);
    }
}
