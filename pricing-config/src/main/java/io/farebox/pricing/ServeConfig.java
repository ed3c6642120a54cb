package io.farebox.pricing;

import org.jspecify.annotations.Nullable;

/**
 * Where our own facilitator is served to others.
 *
 * @param address of this machine; loopback if there is no credential
 * @param port 1 to 65535
 * @param credential what callers send as {@code Authorization: Bearer}; null if whoever reaches the port may call
 */
public record ServeConfig(
        String address, int port, @Nullable Secret credential) {
    static final String LOOPBACK = "127.0.0.1";
}
