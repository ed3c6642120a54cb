package io.farebox.probe;

import io.farebox.gate.GateRequest;
import io.farebox.gate.PriceList;
import io.farebox.gate.Pricing;
import io.farebox.gate.RequestFirewall;
import io.farebox.probe.corpus.Trial;
import io.farebox.probe.wire.Reply;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known before the first odd request: how priced answers look, how free ones and those for nothing look, and what the
 * price list says.
 *
 * @param fingerprints by route; a route without one cannot be told from others by its answer
 * @param ordinary pages that cost nothing
 */
record Knowledge(
        Map<String, Fingerprint> fingerprints,
        List<Page> ordinary,
        List<String> markers,
        @Nullable PriceList prices,
        String prefix) {
    Knowledge {
        fingerprints = Map.copyOf(fingerprints);
        ordinary = List.copyOf(ordinary);
        markers = List.copyOf(markers);
    }

    /** The route whose answer this is and by what it is known, in a phrase; null if it is none that is known. */
    @Nullable
    String priced(Reply.Answer answer, String target) {
        String text = answer.text();
        for (String marker : markers) {
            if (text.contains(marker)) return "holds the text of --marker";
        }
        Page page = Page.of(answer, target);
        for (Map.Entry<String, Fingerprint> each : fingerprints.entrySet()) {
            Fingerprint print = each.getValue();
            if (!print.matches(page)) continue;
            return "is the answer of route " + each.getKey() + " (" + print.found(page) + " of "
                    + print.marks().size() + " words that only its answers have)";
        }
        return null;
    }

    /** Whether it looks like a page that costs nothing. */
    boolean isOrdinary(Reply.Answer answer, String target) {
        Page page = Page.of(answer, target);
        return ordinary.stream().anyMatch(page::isLike);
    }

    /** Whether an answer that reached a route would have been known for it. */
    boolean wouldTell(String route) {
        return !markers.isEmpty() || fingerprints.containsKey(route);
    }

    /**
     * Whether the price list says in so many words that a request costs nothing. Of one with odd headers nothing can be said:
     * they may lead somewhere else.
     */
    boolean isFree(Trial trial) {
        if (prices == null || !trial.headers().isEmpty() || !trial.target().startsWith(prefix)) return false;
        String target = trial.target().substring(prefix.length());
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? null : target.substring(mark + 1);
        if (RequestFirewall.check(trial.method(), path, query, 1) != null) return false;
        return prices.price(new Asked(trial, path, query)) instanceof Pricing.Free;
    }

    /** A trial as a price list sees it. */
    private record Asked(Trial trial, String path, @Nullable String query) implements GateRequest {
        @Override
        public String method() {
            return trial.method();
        }

        @Override
        public @Nullable String header(String name) {
            List<String> values = headers(name);
            return values.isEmpty() ? null : values.getFirst();
        }

        @Override
        public List<String> headers(String name) {
            return trial.headers().stream()
                    .filter(header -> header.name().equalsIgnoreCase(name))
                    .map(io.farebox.gate.Header::value)
                    .toList();
        }
    }
}
