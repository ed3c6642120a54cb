package io.farebox.testkit.facilitator;

import io.farebox.gate.Header;
import java.time.Duration;
import java.util.List;

/** The usual {@link Act}s. */
public final class Acts {
    private static final Header JSON = new Header("Content-Type", "application/json");
    private static final Header HTML = new Header("Content-Type", "text/html");

    private Acts() {}

    public static Act obey() {
        return new Act.Obey();
    }

    /** Says no with this reason; nothing is charged. */
    public static Act decline(String reason) {
        return new Act.Decline(reason);
    }

    /** Charges, says {@code settlement_pending}, and tells the success when asked again. */
    public static Act pending() {
        return new Act.Pending();
    }

    /** Says {@code settlement_pending} and charges nothing. */
    public static Act pendingForNothing() {
        return json("{\"success\":false,\"errorReason\":\"settlement_pending\",\"payer\":\"{payer}\","
                + "\"transaction\":\"{transaction}\",\"network\":\"{network}\"}");
    }

    /** Charges; the answer is lost. */
    public static Act settledAnswerLost(Act.Loss loss) {
        return new Act.Lose(loss, true);
    }

    /** Reads the request, does nothing; the answer is lost. */
    public static Act lost(Act.Loss loss) {
        return new Act.Lose(loss, false);
    }

    public static Act unreachable() {
        return new Act.Unreachable();
    }

    /** 500 with a body that is no answer. */
    public static Act serverError() {
        return say(500, "{\"error\":\"internal\"}");
    }

    /** 502 with a page for people, as a proxy sends it. */
    public static Act badGateway() {
        return new Act.Say(502, List.of(HTML), "<html><body><h1>502 Bad Gateway</h1></body></html>", false);
    }

    /** Charges, and a proxy on the way answers 504. */
    public static Act settledBehindGatewayTimeout() {
        return new Act.Say(504, List.of(HTML), "<html>504</html>", true);
    }

    public static Act busy(Duration retryAfter) {
        return new Act.Say(
                429,
                List.of(JSON, new Header("Retry-After", Long.toString(retryAfter.toSeconds()))),
                "{\"error\":\"too many requests\"}",
                false);
    }

    public static Act garbage() {
        return say(200, "%PDF-1.7 nothing to see");
    }

    public static Act empty() {
        return say(200, "");
    }

    /** A right answer under a wrong content type. */
    public static Act wrongContentType() {
        return new Act.Say(200, List.of(HTML), settled("\"success\":true,\"isValid\":true", "{network}"), true);
    }

    /** {@code success:true}, but for another network; nothing is charged. */
    public static Act successElsewhere(String network) {
        return json(settled("\"success\":true", network));
    }

    /** {@code success:true} with another payer; nothing is charged. */
    public static Act successOfPayer(String payer) {
        return json(settled("\"success\":true", "{network}").replace("{payer}", payer));
    }

    /** {@code success:true} with this transaction, whoever's it is; nothing is charged. */
    public static Act successWithTransaction(String transaction) {
        return json(settled("\"success\":true", "{network}").replace("{transaction}", transaction));
    }

    /** {@code success:true} without a transaction. */
    public static Act successWithoutTransaction() {
        return successWithTransaction("");
    }

    /** {@code "success":"true"}: text where a boolean belongs. */
    public static Act successAsText() {
        return json(settled("\"success\":\"true\",\"isValid\":\"true\"", "{network}"));
    }

    /** {@code "success":1}. */
    public static Act successAsNumber() {
        return json(settled("\"success\":1,\"isValid\":1", "{network}"));
    }

    /** Everything but {@code success} and {@code isValid}. */
    public static Act successMissing() {
        return json(settled("\"ok\":true", "{network}"));
    }

    /** First false, then true. */
    public static Act duplicateKeys() {
        return json(settled("\"success\":false,\"success\":true,\"isValid\":false,\"isValid\":true", "{network}"));
    }

    public static Act longNumber(int digits) {
        return json("{\"success\":true,\"isValid\":true,\"amount\":" + "9".repeat(digits) + "}");
    }

    public static Act deepJson(int depth) {
        return json("{\"success\":true,\"isValid\":true,\"extra\":" + "[".repeat(depth) + "]".repeat(depth) + "}");
    }

    /** @param status 301, 302, 307 or 308 */
    public static Act redirect(int status, String location) {
        return new Act.Say(status, List.of(new Header("Location", location)), "", false);
    }

    public static Act flood(Act.Flood.Kind kind) {
        return new Act.Flood(kind);
    }

    /** One byte per interval. */
    public static Act drip(Duration interval) {
        return new Act.Drip(interval);
    }

    /** 200 with this JSON; nothing is done. */
    public static Act json(String body) {
        return say(200, body);
    }

    /** This status with this JSON; nothing is done. */
    public static Act say(int status, String body) {
        return new Act.Say(status, List.of(JSON), body, false);
    }

    private static String settled(String verdict, String network) {
        return "{" + verdict + ",\"payer\":\"{payer}\",\"transaction\":\"{transaction}\",\"network\":\"" + network
                + "\"}";
    }
}
