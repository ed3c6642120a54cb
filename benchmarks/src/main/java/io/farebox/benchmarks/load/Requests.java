package io.farebox.benchmarks.load;

import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** What a side is asked. */
@FunctionalInterface
interface Requests {
    /** As many as one connection sends in a round; made before the time is taken. */
    List<byte[]> next(int connection, int count) throws Exception;

    /** Always the same. */
    static Requests same(byte[] request) {
        return (connection, count) -> Collections.nCopies(count, request);
    }

    /** By number. */
    static Requests each(IntFunction<byte[]> request) {
        return (connection, count) -> IntStream.range(0, count)
                .mapToObj(i -> request.apply(connection * count + i))
                .toList();
    }
}
