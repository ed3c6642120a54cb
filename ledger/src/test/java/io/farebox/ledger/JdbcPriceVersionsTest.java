package io.farebox.ledger;

import io.farebox.gate.PriceVersions;
import io.farebox.testkit.book.PriceVersionsContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class JdbcPriceVersionsTest extends PriceVersionsContract {
    private final List<JdbcBook> open = new ArrayList<>();

    @TempDir
    Path directory;

    @Override
    protected PriceVersions open() {
        JdbcBook book = JdbcBook.open("jdbc:h2:file:" + directory.resolve("book-" + open.size()));
        open.add(book);
        return book;
    }

    @AfterEach
    void close() {
        open.forEach(JdbcBook::close);
    }
}
