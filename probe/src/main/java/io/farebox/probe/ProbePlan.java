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
 * @param gateway what is probed
 * @param upstream the server behind it, which then tells what its priced answers look like; null if it is not known
 * @param closed addresses that must not answer from here
 * @param aims the priced routes, by examples
 * @param free paths that cost nothing, by examples
 * @param prices what the routes' owner says of other requests; null if that is not known
 * @param prefix what stands before the paths that prices speak of, such as a context path; empty for none
 * @param headers sent with every request, such as {@code Authorization}; never reported
 * @param markers texts that only paid answers hold; never reported
 * @param extent how many requests, and of what kinds
 * @param rate the most requests a second to each address
 * @param timeout of one request
 * @param longest of the whole run
 */
public record ProbePlan(
        Address gateway,
        @Nullable Address upstream,
        List<Address> closed,
        List<Aim> aims,
        List<String> free,
        @Nullable PriceList prices,
        String prefix,
        List<Header> headers,
        List<String> markers,
        Corpus.Extent extent,
        int rate,
        Duration timeout,
        Duration longest) {
    public ProbePlan {
        closed = List.copyOf(closed);
        aims = List.copyOf(aims);
        free = List.copyOf(free);
        headers = List.copyOf(headers);
        markers = List.copyOf(markers);
        if (aims.isEmpty()) throw new IllegalArgumentException("nothing to aim at");
    }

    /** A plan with nothing but a gateway and what to aim at. */
    public static ProbePlan of(Address gateway, List<Aim> aims, List<String> free, Corpus.Extent extent) {
        return new ProbePlan(
                gateway,
                null,
                List.of(),
                aims,
                free,
                null,
                "",
                List.of(),
                List.of(),
                extent,
                100,
                Duration.ofSeconds(10),
                Duration.ofMinutes(30));
    }

    /** The same with the server behind the gateway. */
    public ProbePlan withUpstream(Address address) {
        return new ProbePlan(
                gateway, address, closed, aims, free, prices, prefix, headers, markers, extent, rate, timeout, longest);
    }

    /** The same at another rate. */
    public ProbePlan withRate(int perSecond) {
        return new ProbePlan(
                gateway, upstream, closed, aims, free, prices, prefix, headers, markers, extent, perSecond, timeout,
                longest);
    }
}
