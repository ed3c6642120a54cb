package io.farebox.probe.wire;

import java.io.IOException;

/** What came is no HTTP answer, or its head is longer than we read. */
final class GarbledException extends IOException {
    private static final long serialVersionUID = 1;

    GarbledException(String message) {
        super(message);
    }
}
