package io.farebox.chain.lookup;

import io.farebox.chain.Eip3009Digest;
import io.farebox.x402.PaymentRequirements;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One look at one token through one node of an EVM chain. */
final class EvmAssetLook {
    private static final int WORD = 66;
    private static final BigInteger MOST = BigInteger.valueOf(999);

    private final ChainView chain;
    private final PaymentRequirements terms;
    private final int decimals;

    EvmAssetLook(ChainView chain, PaymentRequirements terms, int decimals) {
        this.chain = chain;
        this.terms = terms;
        this.decimals = decimals;
    }

    /** What is wrong, or null. */
    @Nullable
    String fault() throws RpcFailure {
        if (!chain.hasCode(terms.asset())) return "there is no contract at " + terms.asset();
        Optional<BigInteger> told = word(Eip3009Abi.DECIMALS);
        if (told.isEmpty()) return "the contract at " + terms.asset() + " has no decimals, so it is no token";
        if (!told.get().equals(BigInteger.valueOf(decimals)))
            return "it has " + told.get().min(MOST) + " decimals on the chain, and " + decimals + " here";
        return domainFault();
    }

    /** Some contracts do not tell their domain; then only a payment shows it. */
    private @Nullable String domainFault() throws RpcFailure {
        Optional<BigInteger> ours = new Eip3009Digest()
                .domainSeparator(terms)
                .map(bytes -> new BigInteger(HexFormat.of().formatHex(bytes), 16));
        Optional<BigInteger> theirs = ours.isEmpty() ? Optional.empty() : word(Eip3009Abi.DOMAIN_SEPARATOR);
        return theirs.isEmpty() || theirs.equals(ours)
                ? null
                : "name or version of its domain are others on the chain than here";
    }

    private Optional<BigInteger> word(String question) throws RpcFailure {
        Optional<String> answer = chain.answer(terms.asset(), question).filter(text -> text.length() == WORD);
        return answer.isEmpty() ? Optional.empty() : Optional.of(RpcText.word(answer.get()));
    }
}
