package io.farebox.testkit.facilitator;

import io.farebox.gate.Header;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a scripted facilitator does with one call. {@link Acts} makes the usual ones. */
public sealed interface Act {
    /** Does what was asked and says so. */
    record Obey() implements Act {}

    /** Does nothing and says no: {@code isValid:false} or {@code success:false}, with this reason. */
    record Decline(String reason) implements Act {}

    /** Charges, but says {@code settlement_pending}; asked again it tells the success. */
    record Pending() implements Act {}

    /**
     * Reads the request and never answers.
     *
     * @param acts whether it does what was asked all the same
     */
    record Lose(Loss loss, boolean acts) implements Act {}

    /**
     * Answers with this text.
     *
     * @param body {@code {network}}, {@code {payer}} and {@code {transaction}} in it are filled in from the request
     * @param acts whether it does what was asked, whatever it says
     */
    record Say(int status, List<Header> headers, String body, boolean acts) implements Act {
        public Say {
            headers = List.copyOf(headers);
        }
    }

    /** Answers with more than anyone should read; does nothing. */
    record Flood(Kind kind) implements Act {
        /** Of what. */
        public enum Kind {
            /** A gigabyte of spaces before the answer. */
            BODY,
            /** The same, chunked: no length is told ahead. */
            CHUNKS,
            /** A gigabyte of spaces that gzip makes a megabyte of. */
            GZIP,
            /** Header lines without end. */
            HEADERS
        }
    }

    /** Does what was asked and says so, one byte at a time. */
    record Drip(Duration interval) implements Act {}

    /** Does what was asked and says so, when it is told to go on. */
    record Hold(Gate gate) implements Act {
        /** Where a call waits. */
        public static final class Gate {
            private final CountDownLatch reached = new CountDownLatch(1);
            private final CountDownLatch open = new CountDownLatch(1);

            /** Waits until a call is held. */
            public void awaitReached() throws InterruptedException {
                if (!reached.await(10, TimeUnit.SECONDS)) throw new AssertionError("no call came");
            }

            /** Lets calls go on. */
            public void open() {
                open.countDown();
            }

            void pass() {
                reached.countDown();
                try {
                    if (!open.await(20, TimeUnit.SECONDS)) throw new AssertionError("nobody said to go on");
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    /** Cannot be reached. Only in the process; over HTTP use {@link StubFacilitator#stop}. */
    record Unreachable() implements Act {}

    /** How an answer is lost. */
    enum Loss {
        /** The connection ends properly. */
        CLOSED,
        /** The connection is reset. */
        RESET,
        /** Nothing happens until the caller gives up. */
        HANGS
    }
}
