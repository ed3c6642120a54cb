package io.farebox.chain;

import io.farebox.gate.LocalVerifier.LocalCheck;
import io.farebox.x402.Base58;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SolanaParts;
import io.farebox.x402.SolanaParts.Instruction;
import io.farebox.x402.SolanaTransaction;
import io.farebox.x402.SolanaTransaction.TransferChecked;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks of a Solana payment what needs no cluster and no key: the form that {@code exact} prescribes (its static path), mint, payee's
 * account, amount, who pays the fee, and the payer's signature. What passes can still fail there: a facilitator has the last word.
 * Reasons are the specification's. Thread-safe; never throws, whatever the payment.
 */
final class SolanaVerifier {
    private static final String CODE = "invalid_exact_svm_";
    private static final String COMPUTE_BUDGET = "ComputeBudget111111111111111111111111111111";

    /** What may follow the transfer: assertions of wallets, and memos. */
    private static final Set<String> OPTIONAL = Set.of(
            "L2TExMFKdjpN9kozasaurPirfHy9P8sbXoAN1qA3S95",
            "MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr",
            "Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo");

    private static final List<String> POSITIONS = List.of("fourth", "fifth", "sixth", "seventh");
    private static final int LEAST = 3;
    private static final int MOST = LEAST + 4;
    private static final int UNIT_LIMIT = 2;
    private static final int UNIT_PRICE = 3;

    /** In millionths of a lamport, which are millionths of a thousandth of a coin. */
    private static final long HIGHEST_PRICE = 5_000_000;

    private static final int KEY = 32;
    private static final int MOST_KNOWN = 256;

    private record Till(String owner, String program, String mint) {}

    /** By our own terms and one of two programs, which bounds it; the cap makes sure. */
    private final Map<Till, String> tills = new ConcurrentHashMap<>();

    LocalCheck check(String base64, PaymentRequirements terms) {
        Optional<SolanaParts> parts = SolanaParts.decode(base64);
        Optional<SolanaTransaction> transaction = SolanaTransaction.decode(base64);
        if (parts.isEmpty() || transaction.isEmpty()) return forged("payload_transaction_could_not_be_decoded");
        String fault = form(parts.get());
        if (fault == null) fault = terms(parts.get(), transaction.get(), terms);
        if (fault != null) return forged(fault);
        return new LocalCheck.Undecidable(SolanaSigner.of(base64).orElse(null));
    }

    private static LocalCheck forged(String reason) {
        return new LocalCheck.Forged(CODE + reason);
    }

    private static @Nullable String form(SolanaParts parts) {
        List<Instruction> all = parts.instructions();
        if (all.size() < LEAST || all.size() > MOST) return "payload_transaction_instructions_length";
        if (!isBudget(parts, all.get(0), UNIT_LIMIT, 5))
            return "payload_transaction_instructions_compute_limit_instruction";
        if (!isBudget(parts, all.get(1), UNIT_PRICE, 9))
            return "payload_transaction_instructions_compute_price_instruction";
        if (Long.compareUnsigned(price(all.get(1).data()), HIGHEST_PRICE) > 0)
            return "payload_transaction_instructions_compute_price_instruction_too_high";
        for (int i = LEAST; i < all.size(); i++)
            if (!OPTIONAL.contains(program(parts, all.get(i))))
                return "payload_unknown_" + POSITIONS.get(i - LEAST) + "_instruction";
        return null;
    }

    private static boolean isBudget(SolanaParts parts, Instruction instruction, int kind, int length) {
        byte[] data = instruction.data();
        return program(parts, instruction).equals(COMPUTE_BUDGET) && data.length == length && data[0] == kind;
    }

    private static String program(SolanaParts parts, Instruction instruction) {
        return parts.accounts().get(instruction.program());
    }

    private static long price(byte[] data) {
        long price = 0;
        for (int i = 8; i > 0; i--) price = price << 8 | data[i] & 0xff;
        return price;
    }

    private @Nullable String terms(SolanaParts parts, SolanaTransaction transaction, PaymentRequirements terms) {
        // Of those that the form allows, only the third instruction can be one.
        if (transaction.transfers().isEmpty()) return "payload_no_transfer_instruction";
        TransferChecked transfer = transaction.transfers().getFirst();
        Object feePayer = terms.extra().get("feePayer");
        if (feePayer != null && !feePayer.equals(transaction.feePayer())) return "fee_payer_mismatch";
        if (transfer.authority().equals(transaction.feePayer()))
            return "payload_transaction_fee_payer_transferring_funds";
        if (!transfer.mint().equals(terms.asset())) return "payload_mint_mismatch";
        if (!transfer.destination().equals(till(terms, transfer.program()))) return "payload_recipient_mismatch";
        if (!transfer.amount().equals(terms.amount())) return "payload_amount_mismatch";
        return isForged(parts, transaction, transfer.authority()) ? "payload_signature_invalid" : null;
    }

    private @Nullable String till(PaymentRequirements terms, String program) {
        Till till = new Till(terms.payTo(), program, terms.asset());
        String known = tills.get(till);
        if (known != null) return known;
        String address =
                SolanaAddress.ofTokens(terms.payTo(), program, terms.asset()).orElse(null);
        if (address != null && tills.size() < MOST_KNOWN) tills.put(till, address);
        return address;
    }

    /** An authority that does not sign by itself is one of several signers, which its program counts. */
    private static boolean isForged(SolanaParts parts, SolanaTransaction transaction, String authority) {
        int slot = transaction.signers().indexOf(authority);
        return slot >= 0
                && !Ed25519.isSigned(
                        Base58.decode(authority, KEY).orElseThrow(),
                        parts.signatures().get(slot),
                        parts.message());
    }
}
