package io.farebox.settlement.transfer;

import io.farebox.chain.TransferProofs;
import io.farebox.chain.lookup.TransferReader;
import io.farebox.x402.Network;
import io.farebox.x402.SchemePayload.Transfer;
import io.farebox.x402.SchemePayload.TransferProof;
import java.util.Optional;

/** Finds out who says that a transfer is his. */
final class Senders {
    private final TransferProofs proofs;
    private final TransferReader chain;

    Senders(TransferProofs proofs, TransferReader chain) {
        this.proofs = proofs;
        this.chain = chain;
    }

    /** Who it is. */
    sealed interface Sender {
        /** Whose signature it is. @param address canonical */
        record Signer(String address) implements Sender {}

        /** Whoever has made the transaction, if this memo is in it. */
        record Noted(String memo) implements Sender {}

        /** Nobody has signed. */
        record Anyone() implements Sender {}

        /** The signature is not whose it says. */
        record Forged() implements Sender {}

        /** Only a contract can tell, and it cannot be asked. */
        record Unreadable() implements Sender {}
    }

    /** Whether the chain has to be asked. */
    boolean isAsked(Network network, Transfer transfer) {
        TransferProof proof = transfer.proof();
        if (proof == null || proof.signer() == null || network.isSolana()) return false;
        return !plain(network, transfer, proof).filter(proof.signer()::equals).isPresent();
    }

    Sender of(Network network, Transfer transfer) {
        TransferProof proof = transfer.proof();
        if (proof == null) return new Sender.Anyone();
        if (network.isSolana()) return onSolana(network, transfer.transaction(), proof);
        Optional<String> plain = plain(network, transfer, proof);
        String wallet = proof.signer();
        if (wallet == null || plain.filter(wallet::equals).isPresent())
            return plain.<Sender>map(Sender.Signer::new).orElseGet(Sender.Forged::new);
        Optional<byte[]> digest = proofs.digest(network, transfer.transaction(), proof);
        if (digest.isEmpty()) return new Sender.Forged();
        return switch (chain.isSigned(network, wallet, digest.get(), proof.signature())) {
            case SIGNED -> new Sender.Signer(wallet);
            case NOT_SIGNED -> new Sender.Forged();
            case UNREADABLE -> new Sender.Unreadable();
        };
    }

    private static Sender onSolana(Network network, String transaction, TransferProof proof) {
        if (proof.form().equals(TransferProofs.MEMO)) return new Sender.Noted(TransferProofs.memo(proof.challenge()));
        String signer = proof.signer();
        return signer != null && TransferProofs.isSigned(network, transaction, proof)
                ? new Sender.Signer(signer)
                : new Sender.Forged();
    }

    private Optional<String> plain(Network network, Transfer transfer, TransferProof proof) {
        return proofs.digest(network, transfer.transaction(), proof)
                .flatMap(digest -> proofs.signer(digest, proof.signature()));
    }
}
