package io.farebox.ledger;

import io.farebox.testkit.book.BalancesContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class JdbcBalancesTest extends BalancesContract {
    private final List<JdbcBook> open = new ArrayList<>();

    @TempDir
    Path directory;

    @Override
    protected Opened open() {
        JdbcBook book = JdbcBook.open("jdbc:h2:file:" + directory.resolve("book-" + open.size()));
        open.add(book);
        return new Opened(book.balances(), book);
    }

    @AfterEach
    void close() {
        open.forEach(JdbcBook::close);
    }
}
