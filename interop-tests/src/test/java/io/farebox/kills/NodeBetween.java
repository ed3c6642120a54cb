package io.farebox.kills;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a process and a chain's node, and kills the process when it comes to a step. Thread-safe. */
final class NodeBetween implements AutoCloseable {
    private record Armed(Step step, AtomicInteger toPass, Runnable kill, CountDownLatch sprung) {}

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI node;
    private final LoopbackServer server;
    private volatile Armed armed;

    NodeBetween(String node) {
        this.node = URI.create(node);
        this.server = LoopbackServer.start(0, this::answer);
    }

    String url() {
        return server.url();
    }

    /** @param toPass how often the step is let through before */
    void arm(Step step, int toPass, Runnable kill) {
        armed = new Armed(step, new AtomicInteger(toPass), kill, new CountDownLatch(1));
    }

    void awaitSprung(Duration atMost) throws InterruptedException {
        Armed set = armed;
        if (!set.sprung().await(atMost.toMillis(), TimeUnit.MILLISECONDS))
            throw new AssertionError("no settlement came to " + set.step());
    }

    private void answer(LoopbackServer.Asked asked, LoopbackServer.Reply reply) throws IOException {
        Armed set = armed;
        boolean now =
                set != null && set.step().isAt(asked.body()) && set.toPass().getAndDecrement() == 0;
        if (now && !set.step().isPassedOn()) kill(set);
        String answer = ask(asked.body());
        if (now && set.step().isPassedOn()) kill(set);
        reply.json(answer);
    }

    private static void kill(Armed set) throws IOException {
        set.kill().run();
        set.sprung().countDown();
        throw new IOException("it is dead");
    }

    private String ask(String body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(node)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, BodyHandlers.ofString()).body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
        http.close();
    }
}
