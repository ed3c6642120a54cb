package io.farebox.ledger.redis;

import io.farebox.gate.Book;
import io.farebox.gate.BookDesk;
import io.farebox.ledger.JdbcBook;
import io.farebox.servers.RedisCluster;
import io.farebox.servers.SharedRedisCluster;
import io.farebox.testkit.book.BookContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Claims on a Redis Cluster over a book on H2: the contract of every book. */
@Tag("long")
@ExtendWith(SharedRedisCluster.class)
final class RedisClusterBookTest extends BookContract {
    private final List<JdbcBook> books = new ArrayList<>();
    private final List<RedisBook> open = new ArrayList<>();
    private final RedisCluster redis;

    @TempDir
    Path directory;

    RedisClusterBookTest(RedisCluster redis) {
        this.redis = redis;
    }

    @Override
    protected Book open() {
        JdbcBook book = JdbcBook.open("jdbc:h2:file:" + directory.resolve("book-" + open.size()));
        books.add(book);
        redis.runAtMasters("FLUSHALL");
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
