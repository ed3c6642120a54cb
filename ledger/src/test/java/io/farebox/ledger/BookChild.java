package io.farebox.ledger;

import static io.farebox.testkit.book.SampleClaim.at;

import io.farebox.gate.Claim;
import io.farebox.gate.ClaimResult;
import io.farebox.gate.DeliveryState;
import io.farebox.testkit.book.SampleClaim;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another process that opens a book. It says each step on its output after the book has said that the step is durable. */
final class BookChild {
    private static final int CALLERS = 8;

    private BookChild() {}

    /** Starts a child: {@code open} says whether it may open the book, {@code pay} pays until it is killed. */
    static Process start(String what, String url, String prefix) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(java.toString(), "-cp", classes));
        command.addAll(List.of(BookChild.class.getName(), what, url, prefix));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    public static void main(String[] args) {
        try {
            JdbcBook book = JdbcBook.open(args[1]);
            if (args[0].equals("open")) {
                say("opened");
                book.close();
                return;
            }
            for (int caller = 0; caller < CALLERS; caller++) {
                String keys = args[2] + "-" + caller + "-";
                Thread.ofPlatform().start(() -> payForEver(book, keys));
            }
        } catch (BookOpenException e) {
            say(e.getMessage());
        }
    }

    private static void payForEver(JdbcBook book, String keys) {
        for (int i = 0; ; i++) {
            SampleClaim sample = SampleClaim.of(keys + i).request(keys + i);
            Claim claim = ((ClaimResult.Claimed) book.claim(sample.toRequest())).claim();
            say("CLAIMED " + claim.key());
            book.settling(claim, "dev", at(60), at(1));
            say("SETTLING " + claim.key());
            book.settled(claim, SampleClaim.receipt("0x" + claim.key()), DeliveryState.RUNNING, at(900), at(2));
            say("SETTLED " + claim.key());
            book.delivered(claim, at(3));
            say("COMPLETE " + claim.key());
        }
    }

    private static void say(String line) {
        // One write for a line, so that lines of several threads never mix.
        byte[] bytes = (line + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        System.out.write(bytes, 0, bytes.length);
        System.out.flush();
    }
}
