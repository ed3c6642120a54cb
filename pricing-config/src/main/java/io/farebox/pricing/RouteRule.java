package io.farebox.pricing;

import io.farebox.gate.GateRequest;
import io.farebox.gate.Pricing;
import java.util.List;

/** A route as requests meet it: its answers are made once and handed out again. */
sealed interface RouteRule {
    Pricing price(GateRequest request);

    boolean isPriced();

    /** The same for every request. */
    record Fixed(Pricing answer, boolean isPriced) implements RouteRule {
        @Override
        public Pricing price(GateRequest request) {
            return answer;
        }
    }

    /** An answer that holds under conditions; none for the default. */
    record Alternative(List<Condition> conditions, Pricing answer) {
        Condition.Answer ask(GateRequest request) {
            Condition.Answer all = Condition.Answer.YES;
            for (int i = 0; i < conditions.size(); i++) {
                Condition.Answer answer = conditions.get(i).ask(request);
                if (answer == Condition.Answer.UNCLEAR) return answer;
                if (answer.compareTo(all) < 0) all = answer;
            }
            return all;
        }
    }

    /**
     * The dearest of the alternatives that any reading of the request meets. The default takes part unless some alternative is
     * met by every reading.
     *
     * @param dearestFirst all alternatives and the default, which has no conditions
     * @param dearest how many of them, from the first on, have the highest price
     * @param query whether some condition is on the query
     */
    record Conditional(List<Alternative> dearestFirst, int dearest, boolean query) implements RouteRule {
        static final Pricing UNCLEAR = new Pricing.Refuse(400, "undeterminable_price");

        @Override
        public Pricing price(GateRequest request) {
            if (query && !Condition.isClear(request.query())) return UNCLEAR;
            Pricing answer = dearestReading(request);
            return query && !isDearest(answer) && FormBody.isPossible(request) ? UNCLEAR : answer;
        }

        private boolean isDearest(Pricing answer) {
            for (int i = 0; i < dearest; i++) if (dearestFirst.get(i).answer() == answer) return true;
            return false;
        }

        private Pricing dearestReading(GateRequest request) {
            Pricing dearest = null;
            Pricing fallback = null;
            boolean met = false;
            for (int i = 0; i < dearestFirst.size(); i++) {
                Alternative alternative = dearestFirst.get(i);
                if (alternative.conditions().isEmpty()) {
                    if (dearest == null) fallback = alternative.answer();
                    continue;
                }
                Condition.Answer answer = alternative.ask(request);
                if (answer == Condition.Answer.UNCLEAR) return UNCLEAR;
                if (answer == Condition.Answer.NO) continue;
                met |= answer == Condition.Answer.YES;
                if (dearest == null) dearest = alternative.answer();
            }
            if (dearest == null || fallback != null && !met) return fallback == null ? UNCLEAR : fallback;
            return dearest;
        }

        @Override
        public boolean isPriced() {
            return true;
        }
    }
}
