package io.farebox.chain;

import org.jspecify.annotations.Nullable;

/** Finds who signed. Thread-safe; never throws. */
interface EcdsaRecovery {
    /** The 20-byte address whose key made this signature of the 32-byte digest; null if no key can have. */
    byte @Nullable [] signer(byte[] digest, EvmSignature.Plain signature);

    /** Short fixed name, fit for a meter's label. */
    String implementation();
}
