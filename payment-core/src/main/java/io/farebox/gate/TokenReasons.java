package io.farebox.gate;

/** Why a token does not pay: the codes of the token rail, for challenges, reports and labels. */
public final class TokenReasons {
    /** It has not the form of a token, or there is not just one. */
    public static final String MALFORMED = "invalid_token";

    /** It was not made here. */
    public static final String UNKNOWN = "token_unknown";

    /** Its time is over. */
    public static final String EXPIRED = "token_expired";

    /** Its holder or an operator has ended it. */
    public static final String REVOKED = "token_revoked";

    /** It does not pay for this route, or not for what the route accepts. */
    public static final String OTHER_ROUTE = "token_not_for_route";

    /** It stands in the path or the query, where it is logged everywhere. */
    public static final String IN_URL = "token_in_url";

    /** {@code Idempotency-Key} has not the form of one. */
    public static final String KEY_MALFORMED = "invalid_idempotency_key";

    /** The same {@code Idempotency-Key} stood before another request. */
    public static final String KEY_TAKEN = "idempotency_key_conflict";

    /** What was bought is recorded, and its token could not be written. */
    public static final String NOT_ISSUED = "token_not_issued";

    private TokenReasons() {}
}
