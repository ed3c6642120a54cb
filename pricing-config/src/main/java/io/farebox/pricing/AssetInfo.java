package io.farebox.pricing;

import io.farebox.x402.Network;
import org.jspecify.annotations.Nullable;

/**
 * An asset on a network.
 *
 * @param symbol what configuration calls it
 * @param address contract or mint, spelled as clients expect it
 * @param decimals digits after the point of one whole unit
 * @param name {@code name} of its EIP-712 domain; null on Solana and where nobody has published it
 * @param version {@code version} of its EIP-712 domain; null like the name
 * @param usd whether one unit is one US dollar
 * @param v2Default whether v2 clients pay with it unless they are told otherwise
 * @param permit2 whether it can only be moved through Permit2, which we do not speak yet
 */
public record AssetInfo(
        Network network,
        String symbol,
        String address,
        int decimals,
        @Nullable String name,
        @Nullable String version,
        boolean usd,
        boolean v2Default,
        boolean permit2) {}
