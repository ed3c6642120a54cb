package io.farebox.app.probe;

import io.farebox.gate.Header;
import io.farebox.probe.ProbePlan.Manner;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands on the command line, each part checked by itself. Filled in by {@link OptionReader}. */
final class Options {
    static final int USUAL_REQUESTS = 8_000;
    static final int MOST_REQUESTS = 200_000;
    static final int HIGHEST_RATE = 10_000;
    /** Fixed, so that a build which was green stays green if nothing changes. */
    static final long USUAL_SEED = 402;

    @Nullable
    URI gateway;

    @Nullable
    URI upstream;

    @Nullable
    Path config;

    @Nullable
    Path json;

    final List<URI> closed = new ArrayList<>();
    final List<String> paths = new ArrayList<>();
    final List<String> free = new ArrayList<>();
    final List<String> markers = new ArrayList<>();
    final List<Header> headers = new ArrayList<>();
    int requests = USUAL_REQUESTS;
    long seed = USUAL_SEED;
    int rate = Manner.USUAL_RATE;
    Duration timeout = Manner.USUAL_TIMEOUT;
    Duration longest = Manner.USUAL_LONGEST;
    boolean unsafe;
    boolean mine;
    boolean help;
}
