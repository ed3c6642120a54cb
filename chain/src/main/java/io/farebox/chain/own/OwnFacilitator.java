package io.farebox.chain.own;

import io.farebox.chain.AccountKey;
import io.farebox.chain.lookup.ChainSettings;
import io.farebox.chain.lookup.ChainUnreadableException;
import io.farebox.chain.lookup.SendingNodes;
import io.farebox.gate.Facilitator;
import io.farebox.gate.FacilitatorUnavailableException;
import io.farebox.gate.FacilitatorUnavailableException.Reach;
import io.farebox.gate.OutcomeLookup;
import io.farebox.outbox.Outbox;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.Network;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SettleResponse;
import io.farebox.x402.VerifyResponse;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A facilitator in this process that settles {@code exact} EIP-3009 payments of plain accounts on EVM chains. An account of ours
 * sends the transactions and pays their gas; it never owns what is paid.
 *
 * <p>A settlement is said to be made only after the chain has shown the promised transfer: token, payer, payee and value. It is
 * said not to be made only if nothing was sent for it, or its transaction came to an end without it. Everything else is
 * {@code settlement_pending} or an unavailable facilitator that may have been reached. Settling is idempotent, also across
 * processes that share an outbox and after a crash. Thread-safe; {@link #verify} and {@link #settle} block.
 */
public final class OwnFacilitator implements Facilitator, AutoCloseable {
    private final OwnSettings settings;
    private final AccountKey key;
    private final InstantSource clock;
    private final Examination examination = new Examination();
    private final Map<Network, OwnNetwork> networks = new LinkedHashMap<>();

    /**
     * @param chains how each network is asked that is settled on; those without RPC URLs are left out
     * @param lookup finds payments that somebody else's transaction settled
     */
    public OwnFacilitator(
            OwnSettings settings,
            AccountKey key,
            Map<Network, ChainSettings> chains,
            Outbox outbox,
            OutcomeLookup lookup,
            InstantSource clock) {
        this.settings = settings;
        this.key = key;
        this.clock = clock;
        chains.forEach((network, how) -> {
            if (!network.isEvm() || how.rpcUrls().isEmpty()) return;
            var chain = new OwnChain(
                    settings,
                    new SendingNodes(network, how),
                    how.confirmations(),
                    key,
                    outbox,
                    lookup,
                    new Trouble(key.checksummedAddress() + " on " + network),
                    clock);
            networks.put(network, new OwnNetwork(chain, new TokenCheck(chain.nodes(), clock)));
        });
    }

    /** Begins to send what is left from before. */
    public void start() {
        networks.values().forEach(OwnNetwork::start);
    }

    @Override
    public String id() {
        return settings.id();
    }

    /** The account that sends, {@code 0x} and 40 digits with the checksum of EIP-55. */
    public String account() {
        return key.checksummedAddress();
    }

    /** The networks that are settled on. */
    public Set<Network> networks() {
        return Set.copyOf(networks.keySet());
    }

    /**
     * Takes payments in this token from now on, if it is on the chain what it is here; asks the chain, and so takes up to some
     * seconds. Nothing is ever sent for a token that was not named here.
     */
    public void know(OwnToken token) {
        OwnNetwork network = networks.get(token.terms().network());
        if (network != null) network.tokens().know(token);
    }

    /** Whether payments on these terms are taken, as far as is known: not if the token is another one on the chain than here. */
    public boolean takes(PaymentRequirements terms) {
        OwnNetwork network = networks.get(terms.network());
        if (network == null || !terms.scheme().equals("exact")) return false;
        return switch (network.tokens().known(terms)) {
            case RIGHT, UNCHECKED -> true;
            case WRONG, FOREIGN -> false;
        };
    }

    /** Whether nothing keeps it from sending, as far as is known. */
    public boolean isWorking() {
        return networks.values().stream()
                .noneMatch(each -> each.chain().trouble().now().isPresent());
    }

    @Override
    public VerifyResponse verify(FacilitatorRequest request) {
        Examination.Result examined = examination.of(request);
        Examination.Signed signed = examined.signed();
        if (signed == null) return new VerifyResponse(false, examined.reason(), null);
        OwnNetwork network = networks.get(request.requirements().network());
        String fault = network == null ? "invalid_network" : faultOnChain(network, request, signed);
        return new VerifyResponse(fault == null, fault, signed.payload().from());
    }

    /** What is wrong with it here and now, tried on the chain too; null if nothing is. */
    private @Nullable String faultOnChain(OwnNetwork network, FacilitatorRequest request, Examination.Signed signed) {
        String fault = fault(network, request, signed);
        return fault == null ? tried(network, request) : fault;
    }

    private @Nullable String fault(OwnNetwork network, FacilitatorRequest request, Examination.Signed signed) {
        String fault = switch (network.tokens().standing(request.requirements())) {
            case RIGHT -> null;
            case WRONG, FOREIGN -> "invalid_payment_requirements";
            case UNCHECKED -> throw unavailable(Reach.NOT_REACHED, Trouble.UNREADABLE);
        };
        if (fault != null) return fault;
        network.chain().trouble().fresh(clock.instant()).ifPresent(trouble -> {
            throw unavailable(Reach.NOT_REACHED, trouble);
        });
        return Examination.windowFault(signed.payload(), clock.instant());
    }

    private @Nullable String tried(OwnNetwork network, FacilitatorRequest request) {
        SendingNodes nodes = network.chain().nodes();
        try {
            if (nodes.call(key.address(), Simulation.call(request)).isPresent()) return null;
            return switch (Simulation.diagnose(nodes, request)) {
                case SPENT -> Watch.USED;
                case TOO_POOR -> "insufficient_funds";
                case OTHER -> "invalid_exact_evm_transaction_simulation_failed";
            };
        } catch (ChainUnreadableException e) {
            throw unavailable(Reach.NOT_REACHED, Trouble.UNREADABLE);
        }
    }

    @Override
    public SettleResponse settle(FacilitatorRequest request) {
        Network where = request.requirements().network();
        Examination.Result examined = examination.of(request);
        Examination.Signed signed = examined.signed();
        if (signed == null) return new SettleResponse(false, examined.reason(), null, "", where);
        OwnNetwork network = networks.get(where);
        if (network == null) return new SettleResponse(false, "invalid_network", null, "", where);
        // Signatures of empty wallets cost nothing: what fails is found here, and not by the one that sends for
        // everybody.
        return network.desk().settle(request, signed, () -> faultOnChain(network, request, signed));
    }

    private FacilitatorUnavailableException unavailable(Reach reach, String reason) {
        return new FacilitatorUnavailableException(settings.id(), reach, reason, null);
    }

    @Override
    public void close() {
        networks.values().forEach(OwnNetwork::close);
    }
}
