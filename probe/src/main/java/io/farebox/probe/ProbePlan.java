package io.farebox.probe;

import io.farebox.gate.Header;
import io.farebox.gate.PriceList;
import io.farebox.probe.corpus.Aim;
import io.farebox.probe.corpus.Corpus;
import io.farebox.probe.wire.Address;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to probe, and how. Only the addresses named here are contacted.
 *
 * @param extent how many requests, and of what kinds
 */
public record ProbePlan(Site site, Routes routes, Manner manner, Corpus.Extent extent) {
    /**
     * Where to send requests.
     *
     * @param gateway what is probed
     * @param upstream the server behind it, which then tells what its priced answers look like; null if it is not known
     * @param closed addresses that must not answer from here
     * @param prefix what stands before the paths that prices speak of, such as a context path; empty for none
     */
    public record Site(Address gateway, @Nullable Address upstream, List<Address> closed, String prefix) {
        public Site {
            closed = List.copyOf(closed);
        }

        /** A gateway, and perhaps the server behind it. */
        public Site(Address gateway, @Nullable Address upstream) {
            this(gateway, upstream, List.of(), "");
        }
    }

    /**
     * What is priced there.
     *
     * @param aims the priced routes, by examples; at least one
     * @param skipped priced routes that are left out, for the report
     * @param free paths that cost nothing, by examples
     * @param prices what the routes' owner says of other requests; null if that is not known
     * @param markers texts that only paid answers hold; never reported
     */
    public record Routes(
            List<Aim> aims,
            List<Skipped> skipped,
            List<String> free,
            @Nullable PriceList prices,
            List<String> markers) {
        public Routes {
            aims = List.copyOf(aims);
            skipped = List.copyOf(skipped);
            free = List.copyOf(free);
            markers = List.copyOf(markers);
            if (aims.isEmpty()) throw new IllegalArgumentException("nothing to aim at");
        }

        /** Priced and free paths, and nothing more. */
        public Routes(List<Aim> aims, List<String> free) {
            this(aims, List.of(), free, null, List.of());
        }
    }

    /**
     * A priced route that is left out.
     *
     * @param why a phrase for people
     */
    public record Skipped(String id, String why) {}

    /**
     * How to send requests.
     *
     * @param headers sent with every request, such as {@code Authorization}; never reported
     * @param rate the most requests a second to each address
     * @param timeout of one request
     * @param longest of the whole run
     */
    public record Manner(List<Header> headers, int rate, Duration timeout, Duration longest) {
        public static final int USUAL_RATE = 100;
        public static final Duration USUAL_TIMEOUT = Duration.ofSeconds(10);
        public static final Duration USUAL_LONGEST = Duration.ofMinutes(30);

        public Manner {
            headers = List.copyOf(headers);
        }

        /** No headers, and the usual times. */
        public Manner(int rate) {
            this(List.of(), rate, USUAL_TIMEOUT, USUAL_LONGEST);
        }
    }
}
