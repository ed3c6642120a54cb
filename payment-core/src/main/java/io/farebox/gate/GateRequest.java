package io.farebox.gate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A host's request as the gate sees it. Adapters are thin views; all methods are cheap and may be called repeatedly. */
public interface GateRequest {
    /** The method as sent, case kept. */
    String method();

    /** The raw path that prices are matched against, percent-encoding kept; relative to the application's context. */
    String path();

    /** The raw path as the client sent it, with the context path; part of the resource URL in a challenge. */
    default String fullPath() {
        return path();
    }

    /** The raw query without question mark, or null. */
    @Nullable
    String query();

    /** The first value of a header (name without regard to case), or null. */
    @Nullable
    String header(String name);

    /** All values of a header, in order. */
    List<String> headers(String name);

    /** Whether the host has authenticated the caller; see {@code free-for: authenticated}. */
    default boolean authenticated() {
        return false;
    }
}
