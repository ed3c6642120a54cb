package io.farebox.chain.lookup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.farebox.chain.Ed25519;
import io.farebox.chain.lookup.SolanaCalls.Call;
import io.farebox.x402.Base58;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SchemePayload;
import io.farebox.x402.SolanaParts;
import io.farebox.x402.SolanaParts.Instruction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is looked for on a cluster: a transaction that a payer has signed, whose name only its fee payer's signature gives.
 *
 * @param signature its name, if the payer pays the fee himself; null if not
 * @param account that it moves tokens from, under which the cluster lists it
 * @param payer who may move them
 * @param memo what is noted in it and so in the list; null if nothing is
 * @param since it was made by then, and not long before; null if that is not known
 */
record SolanaPayment(
        SolanaParts parts,
        @Nullable String signature,
        String account,
        String payer,
        @Nullable String memo,
        PaymentRequirements terms,
        @Nullable Instant since) {
    private static final String SYSTEM = "11111111111111111111111111111111";
    private static final int ADVANCE_NONCE = 4;
    private static final int KEY = 32;

    /** Empty if the payment is of another kind, or names no account that it takes tokens from. */
    static Optional<SolanaPayment> of(FacilitatorRequest request, @Nullable Instant since) {
        return request.payment().payload() instanceof SchemePayload.Solana payload
                ? SolanaParts.decode(payload.transaction()).flatMap(parts -> of(parts, request, since))
                : Optional.empty();
    }

    private static Optional<SolanaPayment> of(SolanaParts parts, FacilitatorRequest request, @Nullable Instant since) {
        return calls(parts).stream()
                .map(SolanaMove::of)
                .flatMap(Optional::stream)
                .filter(move -> move.source() < parts.accounts().size()
                        && move.authority() < parts.accounts().size())
                .findFirst()
                .map(move -> new SolanaPayment(
                        parts,
                        signature(parts),
                        parts.accounts().get(move.source()),
                        parts.accounts().get(move.authority()),
                        memo(parts),
                        request.requirements(),
                        since));
    }

    private static List<Call> calls(SolanaParts parts) {
        return parts.instructions().stream().map(each -> call(parts, each)).toList();
    }

    private static Call call(SolanaParts parts, Instruction instruction) {
        int[] accounts = new int[instruction.accounts().length];
        for (int i = 0; i < accounts.length; i++) accounts[i] = instruction.accounts()[i] & 0xff;
        return new Call(0, parts.accounts().get(instruction.program()), accounts, instruction.data());
    }

    private static @Nullable String signature(SolanaParts parts) {
        byte[] first = parts.signatures().getFirst();
        byte[] feePayer = Base58.decode(parts.accounts().getFirst(), KEY).orElseThrow();
        return Ed25519.isSigned(feePayer, first, parts.message()) ? Base58.encode(first) : null;
    }

    private static @Nullable String memo(SolanaParts parts) {
        return calls(parts).stream()
                .filter(SolanaMemo::isAny)
                .map(call -> new String(call.data(), UTF_8))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse(null);
    }

    /** Whether the list's note on a transaction may be of this one. */
    boolean mayBe(@Nullable String noted) {
        return memo == null || (noted != null && noted.contains(memo));
    }

    /** Whether it never grows too old: it lives by a durable nonce. */
    boolean isDurable() {
        Call first = calls(parts).getFirst();
        byte[] data = first.data();
        return first.program().equals(SYSTEM) && data.length >= 4 && data[0] == ADVANCE_NONCE;
    }
}
