package io.farebox.ledger;

import io.farebox.gate.Token;
import io.farebox.gate.Tokens;
import java.time.Instant;
import java.util.Optional;

/** The tokens of a book on a database: written by its writer. */
final class JdbcTokens implements Tokens {
    private final GroupCommit writer;
    private final BookReaders readers;

    JdbcTokens(GroupCommit writer, BookReaders readers) {
        this.writer = writer;
        this.readers = readers;
    }

    @Override
    public void issue(String digest, Token token) {
        writer.call(TokenTable.touched(digest), session -> {
            TokenTable.issue(session, digest, token);
            return true;
        });
    }

    @Override
    public Optional<Token> find(String digest) {
        return readers.call(session -> Optional.ofNullable(TokenTable.find(session, digest)));
    }

    @Override
    public boolean revoke(String digest, Instant now) {
        return writer.call(TokenTable.touched(digest), session -> TokenTable.revoke(session, digest, Millis.of(now)));
    }
}
