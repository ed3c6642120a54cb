package io.farebox.probe;

import java.util.EnumMap;
import java.util.Map;

/**
 * Counts of the requests of one shape.
 *
 * @param served how often the server behind the gateway, asked directly, gave a priced answer
 */
public record Tally(int sent, Map<Outcome, Integer> outcomes, int served, int findings) {
    static final Tally NONE = new Tally(0, Map.of(), 0, 0);

    public Tally {
        outcomes = Map.copyOf(outcomes);
    }

    Tally with(Judge.Judgement judgement) {
        Map<Outcome, Integer> more = new EnumMap<>(Outcome.class);
        more.putAll(outcomes);
        more.merge(judgement.outcome(), 1, Integer::sum);
        return new Tally(
                sent + 1,
                more,
                served + (judgement.served() ? 1 : 0),
                findings + (judgement.finding() == null ? 0 : 1));
    }

    public int count(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0);
    }
}
