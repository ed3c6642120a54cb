package io.farebox.testkit.host;

import java.net.URI;

/** A running server with the filter under test in front of a resource. */
public interface Host extends AutoCloseable {
    /** Scheme, loopback address and port, without a path. */
    URI base();

    @Override
    void close();
}
