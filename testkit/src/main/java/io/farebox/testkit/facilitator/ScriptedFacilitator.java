package io.farebox.testkit.facilitator;

import io.farebox.gate.Facilitator;
import io.farebox.gate.FacilitatorUnavailableException;
import io.farebox.gate.FacilitatorUnavailableException.Reach;
import io.farebox.x402.FacilitatorAnswers;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.SettleResponse;
import io.farebox.x402.VerifyResponse;
import io.farebox.x402.json.JsonFormatException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The twin of {@link StubFacilitator} in the process: same script, same ledger, no HTTP and no waiting; a call that would hang
 * past its deadline fails at once as if it had. For tests of the gate. Thread-safe.
 */
public final class ScriptedFacilitator implements Facilitator {
    private static final FacilitatorAnswers ANSWERS = new FacilitatorAnswers(Map.of());

    private final String id;
    private final Desk desk;
    private final Script verify = new Script();
    private final Script settle = new Script();
    private final List<FacilitatorRequest> settleRequests = new CopyOnWriteArrayList<>();

    public ScriptedFacilitator(String id) {
        this(id, new ChargeLedger());
    }

    /** @param ledger the chain behind it; may be shared */
    public ScriptedFacilitator(String id, ChargeLedger ledger) {
        this.id = id;
        this.desk = new Desk(ledger);
    }

    /** What to do with the next calls of verify, in order. */
    public ScriptedFacilitator onVerify(Act... acts) {
        verify.then(acts);
        return this;
    }

    /** What to do with the next calls of settle, in order. */
    public ScriptedFacilitator onSettle(Act... acts) {
        settle.then(acts);
        return this;
    }

    /** What to do with every call of verify from now on. */
    public ScriptedFacilitator alwaysVerify(Act act) {
        verify.always(act);
        return this;
    }

    /** What to do with every call of settle from now on. */
    public ScriptedFacilitator alwaysSettle(Act act) {
        settle.always(act);
        return this;
    }

    /** See {@link StubFacilitator#forgetful}. */
    public ScriptedFacilitator forgetful() {
        desk.forgetful = true;
        return this;
    }

    /** The chain behind it. */
    public ChargeLedger ledger() {
        return desk.ledger;
    }

    public int verifyCalls() {
        return verify.calls();
    }

    public int settleCalls() {
        return settle.calls();
    }

    /** What settlement was asked for, in order. */
    public List<FacilitatorRequest> settleRequests() {
        return List.copyOf(settleRequests);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public VerifyResponse verify(FacilitatorRequest request) {
        return perform(verify.take(), Asked.of(request), true, ANSWERS::verify);
    }

    @Override
    public SettleResponse settle(FacilitatorRequest request) {
        Asked asked = Asked.of(request);
        settleRequests.add(request);
        desk.ledger.ask(asked.authorization());
        return perform(settle.take(), asked, false, ANSWERS::settle);
    }

    private <A> A perform(Act act, Asked asked, boolean verifies, Function<byte[], A> reading) {
        return switch (act) {
            case Act.Obey() -> read(honest(asked, verifies), reading);
            case Act.Hold(var gate) -> {
                gate.pass();
                yield read(honest(asked, verifies), reading);
            }
            case Act.Decline(var reason) -> read(desk.declined(verifies, asked, reason), reading);
            case Act.Pending() -> read(desk.pending(asked), reading);
            case Act.Lose(var loss, var acts) -> {
                if (acts) honest(asked, verifies);
                throw failure(Reach.MAYBE_REACHED, loss == Act.Loss.HANGS ? "timeout" : "connection_lost", null);
            }
            case Act.Say say -> said(say, asked, verifies, reading);
            case Act.Flood flood -> throw failure(Reach.MAYBE_REACHED, "answer_too_long", null);
            case Act.Drip drip -> {
                honest(asked, verifies);
                throw failure(Reach.MAYBE_REACHED, "timeout", null);
            }
            case Act.Unreachable() -> throw failure(Reach.NOT_REACHED, "refused", null);
        };
    }

    private <A> A said(Act.Say say, Asked asked, boolean verifies, Function<byte[], A> reading) {
        if (say.acts()) honest(asked, verifies);
        try {
            return reading.apply(Desk.fill(say.body(), asked).getBytes(StandardCharsets.UTF_8));
        } catch (JsonFormatException e) {
            if (say.status() == 429) throw failure(Reach.NOT_REACHED, "status_429", Duration.ofSeconds(1));
            throw failure(Reach.MAYBE_REACHED, say.status() == 200 ? "bad_answer" : "status_" + say.status(), null);
        }
    }

    private static <A> A read(String json, Function<byte[], A> reading) {
        return reading.apply(json.getBytes(StandardCharsets.UTF_8));
    }

    private String honest(Asked asked, boolean verifies) {
        return verifies ? desk.verify(asked) : desk.settle(asked);
    }

    private FacilitatorUnavailableException failure(Reach reach, String reason, @Nullable Duration retryAfter) {
        return new FacilitatorUnavailableException(id, reach, reason, retryAfter);
    }
}
