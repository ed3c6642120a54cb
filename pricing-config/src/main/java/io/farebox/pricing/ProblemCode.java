package io.farebox.pricing;

import java.util.Locale;

/** What can be wrong with a configuration, or worth a warning. The names are fixed: scripts may rely on them. */
public enum ProblemCode {
    // the file
    FILE_UNREADABLE,
    FILE_TOO_LARGE,
    FILE_EMPTY,
    YAML_SYNTAX,
    YAML_TAG,
    YAML_TOO_COMPLEX,
    DUPLICATE_KEY,
    // the shape
    UNKNOWN_KEY,
    NOT_BUILT_YET,
    MISSING_KEY,
    EMPTY_VALUE,
    NOT_A_SECTION,
    NOT_A_LIST,
    NOT_A_VALUE,
    NOT_A_BOOLEAN,
    NOT_A_NUMBER,
    OUT_OF_RANGE,
    NOT_A_DURATION,
    UNKNOWN_CHOICE,
    UNPRINTABLE_TEXT,
    // placeholders
    ENV_MISSING,
    ENV_SYNTAX,
    // addresses of services
    URL_SYNTAX,
    URL_SCHEME,
    URL_INSECURE,
    URL_CREDENTIALS,
    URL_QUERY,
    ORIGIN_SYNTAX,
    BOOK_URL,
    CLAIMS_URL,
    CLAIMS_PREFIX,
    // money
    PRICE_WITHOUT_UNIT,
    PRICE_SYNTAX,
    PRICE_ZERO,
    PRICE_NEGATIVE,
    PRICE_TRUNCATED,
    PRICE_TOO_LARGE,
    FOREIGN_CURRENCY,
    MIXED_UNITS,
    NOT_A_DOLLAR_ASSET,
    PRICE_ASSET_NOT_ACCEPTED,
    // who is paid
    UNKNOWN_NAMESPACE,
    PAY_TO_MISSING,
    ADDRESS_SYNTAX,
    ADDRESS_CHECKSUM,
    ADDRESS_ZERO,
    ADDRESS_NAMESPACE,
    ADDRESS_IS_ASSET,
    ADDRESS_TEST_KEY,
    // networks and assets
    UNKNOWN_NETWORK,
    UNKNOWN_ASSET,
    ACCEPT_SYNTAX,
    ACCEPT_MISSING,
    DUPLICATE_ACCEPT,
    MIXED_TEST_AND_MAIN,
    ASSET_DOMAIN_MISSING,
    DUPLICATE_ASSET,
    DUPLICATE_NETWORK,
    V1_NAME_TAKEN,
    // facilitators
    ID_SYNTAX,
    DUPLICATE_ID,
    FACILITATOR_MISSING,
    UNKNOWN_FACILITATOR,
    FACILITATOR_DISABLED,
    AUTH_INCOMPLETE,
    DEV_FACILITATOR,
    OWN_FACILITATOR,
    KEY_FILE,
    SECRET_TOO_SHORT,
    SECRET_SYNTAX,
    SECRET_TWICE,
    // routes
    MATCH_SYNTAX,
    UNKNOWN_METHOD,
    DUPLICATE_MATCH,
    UNREACHABLE_ROUTE,
    FREE_AND_PRICED,
    PRICE_MISSING,
    RULE_WITHOUT_CONDITION,
    DUPLICATE_RULE,
    DISCOVERY_METHOD,
    DISCOVERY_SYNTAX,
    DISCOVERY_TOO_LARGE,
    // warnings
    LOWERCASE_ADDRESS,
    ABOVE_V1_CAP,
    ABOVE_V2_CAP,
    NOT_A_DEFAULT_ASSET,
    NOT_A_V1_CLIENT_NETWORK,
    ACCEPT_NARROWED,
    NO_ROUTES,
    DISCOVERY_MISMATCH,
    FEE_PAYER_UNKNOWN,
    OPTION_NOT_SUPPORTED,
    NO_WAY_TO_PAY;

    /** The code as printed: {@code price_without_unit}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
