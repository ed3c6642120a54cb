package io.farebox.ledger.redis;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which servers do not answer, and since when. As small as there are servers. Thread-safe. */
final class Silence {
    private final Map<String, Long> since = new ConcurrentHashMap<>();
    private final long most;

    Silence(Duration most) {
        this.most = most.toNanos();
    }

    void answered(String server) {
        if (!since.isEmpty()) since.remove(server);
    }

    /** @return whether it has not answered for too long by now */
    boolean unanswered(String server) {
        long now = System.nanoTime();
        Long begun = since.putIfAbsent(server, now);
        return begun != null && now - begun >= most;
    }

    void forget() {
        since.clear();
    }
}
