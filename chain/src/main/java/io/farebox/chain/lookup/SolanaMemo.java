package io.farebox.chain.lookup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.farebox.chain.TransferProofs;
import io.farebox.chain.lookup.SolanaCalls.Call;
import java.util.Set;

/** Memos in the form in which they bind a transfer to a challenge, see {@link TransferProofs#memo}. */
final class SolanaMemo {
    static final int LENGTH = TransferProofs.MEMO_LENGTH;

    private static final Set<String> PROGRAMS =
            Set.of("MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr", "Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo");

    private SolanaMemo() {}

    static boolean isAny(Call call) {
        return PROGRAMS.contains(call.program());
    }

    /** Whether the call leaves a note that might be one of ours. */
    static boolean is(Call call) {
        return isAny(call) && call.data().length == LENGTH;
    }

    static String text(Call call) {
        return new String(call.data(), US_ASCII);
    }
}
