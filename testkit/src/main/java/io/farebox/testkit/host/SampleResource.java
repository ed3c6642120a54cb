package io.farebox.testkit.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The resource of the contract: the last segments of the path say what it does. Everything it says is worth money. */
final class SampleResource implements Resource {
    /** Stands in every body and header, so that a leak shows. */
    static final String SECRET = "PREMIUM-CONTENT";

    static final int PARTS = 64;
    static final byte[] PART = part();

    private final AtomicInteger calls = new AtomicInteger();
    private final CountDownLatch working = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    int calls() {
        return calls.get();
    }

    /** Waits until a call of {@code slow} is under way. */
    void awaitWorking() throws InterruptedException {
        if (!working.await(10, TimeUnit.SECONDS)) throw new AssertionError("the resource was not reached");
    }

    /** Lets calls of {@code slow} go on. */
    void goOn() {
        goOn.countDown();
    }

    @Override
    public void serve(Call call) throws IOException {
        calls.incrementAndGet();
        call.answerHeader("X-Secret", SECRET);
        String[] path = call.path().split("/");
        switch (path[path.length - 1]) {
            case "redirect" -> redirect(call);
            case "cookie" -> cookie(call);
            case "stream" -> parts(call, true);
            case "large" -> parts(call, false);
            case "slow" -> slow(call);
            case "broken" -> broken(call);
            case "echo" -> echo(call);
            case "public" -> cached(call);
            default -> plain(call, path[path.length - 1]);
        }
    }

    private static void plain(Call call, String last) throws IOException {
        if (last.matches("[2-5][0-9]{2}")) call.status(Integer.parseInt(last));
        call.write(text(SECRET));
    }

    private static void redirect(Call call) {
        call.status(302);
        call.answerHeader("Location", "/elsewhere?sig=" + SECRET);
    }

    private static void cookie(Call call) throws IOException {
        call.answerHeader("Set-Cookie", "session=" + SECRET);
        call.answerHeader("ETag", '"' + SECRET + '"');
        call.answerHeader("Link", "</" + SECRET + ">; rel=preload");
        call.answerHeader("Content-Disposition", "attachment; filename=" + SECRET);
        call.write(text(SECRET));
    }

    private static void cached(Call call) throws IOException {
        call.answerHeader("Cache-Control", "public, max-age=600, s-maxage=600");
        call.answerHeader("Payment-Response", "forged");
        call.answerHeader("X-Payment-Token", "forged");
        call.answerHeader("X-Payment-Balance", "forged");
        call.write(text(SECRET));
    }

    private static void parts(Call call, boolean flush) throws IOException {
        for (int i = 0; i < PARTS; i++) {
            call.write(PART);
            if (flush) call.flush();
        }
    }

    private void slow(Call call) throws IOException {
        working.countDown();
        try {
            if (!goOn.await(10, TimeUnit.SECONDS)) throw new IOException("nobody said to go on");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        parts(call, false);
    }

    /** More than any host holds back, and then the end. */
    private static void broken(Call call) throws IOException {
        for (int i = 0; i < PARTS / 2; i++) call.write(PART);
        call.flush();
        call.breakOff();
    }

    private static void echo(Call call) throws IOException {
        call.answerHeader("Seen-Payment", "" + call.header("PAYMENT-SIGNATURE") + call.header("X-PAYMENT"));
        call.answerHeader(
                "Seen-Transfer",
                "" + call.header("X-PAYMENT-TX") + call.header("X-PAYMENT-CHAIN") + call.header("X-PAYMENT-PROOF"));
        call.answerHeader("Seen-Token", "" + call.header("X-PAYMENT-TOKEN"));
        call.answerHeader("Seen-Key", "" + call.header("Idempotency-Key"));
        call.answerHeader("Seen-Payer", String.join(",", call.headers("X-Farebox-Payer")));
        call.answerHeader("Seen-Made-Up", "" + call.header("X-Farebox-Made-Up") + call.header("X_Farebox_Made_Up"));
        call.answerHeader(
                "Seen-Override", "" + call.header("X-HTTP-Method-Override") + call.header("X_HTTP_Method_Override"));
        call.write(call.body());
    }

    private static byte[] part() {
        byte[] part = new byte[4096];
        Arrays.fill(part, (byte) 'x');
        System.arraycopy(text(SECRET), 0, part, 0, SECRET.length());
        return part;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
