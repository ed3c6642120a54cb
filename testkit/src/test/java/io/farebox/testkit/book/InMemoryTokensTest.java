package io.farebox.testkit.book;

import io.farebox.gate.Tokens;

class InMemoryTokensTest extends TokensContract {
    @Override
    protected Tokens open() {
        return new InMemoryTokens();
    }
}
