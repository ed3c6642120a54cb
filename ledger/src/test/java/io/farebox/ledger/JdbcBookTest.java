package io.farebox.ledger;

import io.farebox.gate.Book;
import io.farebox.gate.BookDesk;
import io.farebox.testkit.book.BookContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class JdbcBookTest extends BookContract {
    private final List<JdbcBook> open = new ArrayList<>();

    @TempDir
    Path directory;

    @Override
    protected Book open() {
        JdbcBook book = JdbcBook.open("jdbc:h2:file:" + directory.resolve("book-" + open.size()));
        open.add(book);
        return book;
    }

    @Override
    protected BookDesk desk(Book opened) {
        return ((JdbcBook) opened).desk();
    }

    @AfterEach
    void close() {
        open.forEach(JdbcBook::close);
    }
}
