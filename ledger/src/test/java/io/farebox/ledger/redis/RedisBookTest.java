package io.farebox.ledger.redis;

import io.farebox.gate.Book;
import io.farebox.gate.BookDesk;
import io.farebox.ledger.JdbcBook;
import io.farebox.servers.RedisServer;
import io.farebox.servers.SharedRedis;
import io.farebox.testkit.book.BookContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Claims on Redis over a book on H2: the contract of every book. */
@ExtendWith(SharedRedis.class)
final class RedisBookTest extends BookContract {
    private final List<JdbcBook> books = new ArrayList<>();
    private final List<RedisBook> open = new ArrayList<>();
    private final RedisServer redis;

    @TempDir
    Path directory;

    RedisBookTest(RedisServer redis) {
        this.redis = redis;
    }

    @Override
    protected Book open() {
        JdbcBook book = JdbcBook.open("jdbc:h2:file:" + directory.resolve("book-" + open.size()));
        books.add(book);
        redis.run("FLUSHALL");
        RedisBook claims = RedisBook.open(book, redis.url(), "contract-" + open.size());
        open.add(claims);
        return claims;
    }

    @Override
    protected BookDesk desk(Book opened) {
        return books.get(open.indexOf(opened)).desk();
    }

    @AfterEach
    void close() {
        open.forEach(RedisBook::close);
        books.forEach(JdbcBook::close);
    }
}
