package io.farebox.kills;

import io.farebox.testkit.facilitator.Authorization;
import io.farebox.testkit.facilitator.ChargeLedger;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;

/**
 * An honest facilitator, told apart into its moments. Asked again for what was charged it finds the transaction on the chain, as
 * facilitators with a memory do, and answers success.
 */
final class Facilitating implements LoopbackServer.Handler {
    static final String SUPPORTED =
            "{\"kinds\":[{\"x402Version\":2,\"scheme\":\"exact\",\"network\":\"eip155:84532\"}],\"extensions\":[],\"signers\":{}}";

    private final String name;
    private final Chain chain;
    private final Duration work;
    private final Moments moments;

    /** @param work how long each step takes at most; anything below happens */
    Facilitating(String name, Chain chain, Duration work, Moments moments) {
        this.name = name;
        this.chain = chain;
        this.work = work;
        this.moments = moments;
    }

    @Override
    public void answer(LoopbackServer.Asked asked, LoopbackServer.Reply reply) throws IOException {
        if (asked.target().endsWith("/verify")) verify(Json.readObject(asked.body()), reply);
        else if (asked.target().endsWith("/settle")) settle(Json.readObject(asked.body()), reply);
        else reply.json(SUPPORTED);
    }

    private void verify(JsonObject body, LoopbackServer.Reply reply) throws IOException {
        moments.at(KillPoint.VERIFY_ASKED);
        Pauses.upTo(work);
        Authorization authorization = authorization(body);
        reply.json(
                chain.isCharged(authorization)
                        ? "{\"isValid\":false,\"invalidReason\":\"invalid_exact_evm_nonce_already_used\",\"payer\":\""
                                + authorization.from() + "\"}"
                        : "{\"isValid\":true,\"payer\":\"" + authorization.from() + "\"}");
        moments.at(KillPoint.VERIFY_ANSWERED);
    }

    private void settle(JsonObject body, LoopbackServer.Reply reply) throws IOException {
        moments.at(KillPoint.SETTLE_ASKED);
        Pauses.upTo(work);
        Authorization authorization = authorization(body);
        JsonObject terms = body.object("paymentRequirements");
        chain.charge(authorization, new BigInteger(terms.string("amount")), name);
        moments.at(KillPoint.CHARGED);
        Pauses.upTo(work);
        reply.json("{\"success\":true,\"payer\":\"" + authorization.from() + "\",\"transaction\":\""
                + ChargeLedger.transaction(authorization) + "\",\"network\":\"" + terms.string("network") + "\"}");
        moments.at(KillPoint.SETTLE_ANSWERED);
    }

    private static Authorization authorization(JsonObject body) {
        JsonObject signed = body.object("paymentPayload").object("payload").object("authorization");
        return new Authorization(signed.string("from"), signed.string("nonce"));
    }
}
