package io.farebox.ledger.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.farebox.ledger.BookOpenException;
import io.lettuce.core.RedisURI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the nodes of a cluster are named. Other URLs: {@link RedisUseTest}. */
final class RedisUrlTest {
    @Test
    void cluster_hasSeveralHosts_eachWithTheSamePassword() {
        RedisUrl url = RedisUrl.parse("redis-cluster://user:secret%2F1@one:7000,two");

        assertThat(url.isCluster()).isTrue();
        assertThat(url.uris()).extracting(RedisURI::getHost).containsExactly("one", "two");
        assertThat(url.uris()).extracting(RedisURI::getPort).containsExactly(7000, 6379);
        assertThat(url.uris()).allSatisfy(uri -> {
            assertThat(uri.isSsl()).isFalse();
            assertThat(uri.getCredentialsProvider().resolveCredentials().block().getPassword())
                    .isEqualTo("secret/1".toCharArray());
        });
        assertThat(url.where()).isEqualTo("the Redis Cluster of one, port 7000,");
    }

    @Test
    void cluster_overTls() {
        RedisUrl url = RedisUrl.parse("rediss-cluster://one:7000,two:7001?verifyPeer=CA");

        assertThat(url.isCluster()).isTrue();
        assertThat(url.uris()).hasSize(2).allMatch(RedisURI::isSsl);
    }

    @Test
    void oneHost_isEnough() {
        assertThat(RedisUrl.parse("redis-cluster://config.example.com:6379").uris())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://hidden-word@a,b",
                "redis-cluster://",
                "redis-cluster://hidden-word@",
                "redis-cluster://:hidden-word@a,,b",
                "redis-cluster://:hidden-word@a,b/2",
                "redis-cluster://:hidden-word@a,b#name",
                "redis-cluster://:hidden-word%zz@a,b",
                "redis-socket:///hidden-word",
                "://hidden-word",
                "hidden-word"
            })
    void others_areRefusedWithoutTheirPassword(String url) {
        assertThatExceptionOfType(BookOpenException.class)
                .isThrownBy(() -> RedisUrl.parse(url))
                .withMessageContaining("redis-cluster://")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hidden-word"));
    }
}
