package io.farebox.settlement;

import io.farebox.gate.Prepaid;
import io.farebox.gate.TokenTerms;
import io.farebox.gate.Tokens;
import io.farebox.pricing.FareboxConfig;
import io.farebox.pricing.TokenConfig;
import org.jspecify.annotations.Nullable;

/** What a gate needs to take the tokens that a configuration allows. */
final class TakenTokens {
    private TakenTokens() {}

    /** @return null if none are taken */
    static @Nullable Prepaid of(FareboxConfig config, OpenBook book) {
        TokenConfig tokens = config.tokens();
        if (tokens == null) return null;
        Tokens kept = book.tokens();
        if (kept == null) throw new IllegalStateException("this book keeps no tokens");
        return new Prepaid(new TokenTerms(tokens.ttl(), tokens.routes()), kept, book.balances());
    }
}
