package io.farebox.gate;

/** When settlement happens. */
public enum Flow {
    /** Verify, run the resource, settle when its status is known and before the first byte. */
    AUTHORIZATION,
    /** Verify, settle, run the resource; a resource that fails is owed. */
    UPFRONT
}
