package io.farebox.probe;

/** Hears how far a probe has come, from several threads, one at a time. */
@FunctionalInterface
public interface Progress {
    /** Nobody listens. */
    Progress NONE = (done, of, findings) -> {};

    void at(int done, int of, int findings);
}
