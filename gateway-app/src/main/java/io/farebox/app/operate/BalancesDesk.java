package io.farebox.app.operate;

import io.farebox.gate.Account;
import io.farebox.gate.BalanceDesk;
import io.farebox.x402.Network;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the API answers about balances and tokens, without its HTTP. May block. Thread-safe. */
final class BalancesDesk {
    private final BalanceDesk desk;
    private final InstantSource clock;

    BalancesDesk(BalanceDesk desk, InstantSource clock) {
        this.desk = desk;
        this.clock = clock;
    }

    Answer list(Map<String, List<String>> query) {
        String payer = DeskRequest.one(query, "payer");
        if (payer != null) {
            if (query.size() > 1) throw new BadRequestException("payer goes alone.");
            return of(canonical(payer));
        }
        int limit = DeskRequest.limit(query);
        String after = DeskRequest.one(query, "after");
        List<BalanceDesk.Left> left = desk.list(after == null ? null : cursor(after), limit);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("balances", left.stream().map(BalancesDesk::json).toList());
        if (left.size() == limit) body.put("next", cursor(left.getLast().account()));
        return Answer.ok(body);
    }

    private Answer of(String payer) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("balances", desk.of(payer).stream().map(BalancesDesk::json).toList());
        body.put("tokens", desk.tokens(payer).stream().map(BalancesDesk::json).toList());
        return Answer.ok(body);
    }

    Answer endTokens(String payer, byte[] body) {
        DeskRequest.reason(body);
        return Answer.ok(Map.of("ended", desk.endTokens(canonical(payer), clock.instant())));
    }

    Answer payBack(String payer, byte[] body) {
        DeskRequest.PayBack asked = DeskRequest.payBack(body);
        var account = new Account(asked.network(), asked.asset(), asked.payTo(), canonical(payer));
        var act = new BalanceDesk.PayBack(
                account, asked.amount(), asked.transaction(), asked.by(), asked.note(), clock.instant());
        return switch (desk.payBack(act)) {
            case DONE -> Answer.ok(Map.of("result", "done"));
            case ALREADY -> Answer.ok(Map.of("result", "already"));
            case INSUFFICIENT ->
                Answer.error(409, "insufficient_funds", "Less is left on that balance, beside what is under way.");
        };
    }

    private static String canonical(String payer) {
        return payer.startsWith("0x") ? payer.toLowerCase(Locale.ROOT) : payer;
    }

    private static Map<String, Object> json(BalanceDesk.Left left) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("payer", left.account().payer());
        out.put("network", left.account().network().caip2());
        out.put("asset", left.account().asset());
        out.put("payTo", left.account().payTo());
        out.put("amount", left.amount().toString());
        out.put("updatedAt", left.updatedAt().toString());
        return out;
    }

    private static Map<String, Object> json(BalanceDesk.Issued issued) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("id", issued.id());
        out.put("network", issued.token().account().network().caip2());
        out.put("asset", issued.token().account().asset());
        out.put("routes", issued.token().routes());
        out.put("issuedAt", issued.token().issuedAt().toString());
        out.put("expiresAt", issued.token().expiresAt().toString());
        if (issued.token().revokedAt() != null)
            out.put("revokedAt", issued.token().revokedAt().toString());
        return out;
    }

    private static String cursor(Account account) {
        String plain = String.join(" ", account.payer(), account.network().caip2(), account.asset(), account.payTo());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable Account cursor(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", 4);
            if (parts.length == 4) return new Account(new Network(parts[1]), parts[2], parts[3], parts[0]);
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new BadRequestException("after must be the next of a page before.");
    }
}
