package io.farebox.gate;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The reasons of facilitators that we repeat: in challenges, in the book and as labels of meters. Facilitators say what they
 * like, pages of revert text among it, and a stranger's payment may make them say more; so the set is closed.
 */
final class FacilitatorReasons {
    /** Any other reason. */
    static final String OTHER = "facilitator_refused";

    private static final Set<String> KNOWN = Set.of(
            "insufficient_funds",
            "invalid_network",
            "invalid_payload",
            "invalid_payment",
            "invalid_payment_requirements",
            "invalid_scheme",
            "unsupported_scheme",
            "invalid_x402_version",
            "invalid_transaction_state",
            "payment_expired",
            "duplicate_settlement",
            "settlement_pending",
            "settlement_inconsistent",
            "unexpected_verify_error",
            "unexpected_settle_error",
            "asset_not_deployed_contract",
            "eip6492_factory_not_allowed",
            "permit2_allowance_required",
            "smart_wallet_deployment_failed",
            "invalid_exact_evm_scheme",
            "invalid_exact_evm_missing_eip712_domain",
            "invalid_exact_evm_network_mismatch",
            "invalid_exact_evm_signature",
            "invalid_exact_evm_recipient_mismatch",
            "invalid_exact_evm_authorization_value",
            "invalid_exact_evm_insufficient_balance",
            "invalid_exact_evm_nonce_already_used",
            "invalid_exact_evm_token_name_mismatch",
            "invalid_exact_evm_token_version_mismatch",
            "invalid_exact_evm_eip3009_not_supported",
            "invalid_exact_evm_transaction_simulation_failed",
            "invalid_exact_evm_transaction_failed",
            "invalid_exact_evm_transfer_event_mismatch",
            "invalid_exact_evm_payload_signature",
            "invalid_exact_evm_payload_recipient_mismatch",
            "invalid_exact_evm_payload_authorization_value",
            "invalid_exact_evm_payload_authorization_value_mismatch",
            "invalid_exact_evm_payload_authorization_valid_after",
            "invalid_exact_evm_payload_authorization_valid_before",
            "invalid_exact_evm_payload_undeployed_smart_wallet",
            "invalid_exact_svm_transaction_simulation_failed",
            "invalid_exact_svm_payload_recipient_mismatch",
            "invalid_exact_svm_payload_amount_mismatch",
            "invalid_exact_svm_payload_mint_mismatch",
            "invalid_exact_svm_payload_signature_invalid",
            "invalid_exact_svm_fee_payer_mismatch",
            "settle_exact_svm_block_height_exceeded",
            "settle_exact_node_failure",
            "settle_exact_failed_onchain",
            "settle_exact_evm_transaction_confirmation_timed_out",
            "settle_exact_svm_transaction_confirmation_timed_out");

    private FacilitatorReasons() {}

    /** The reason if it is known, otherwise {@link #OTHER}. */
    static String code(@Nullable String reason) {
        return reason != null && KNOWN.contains(reason) ? reason : OTHER;
    }
}
