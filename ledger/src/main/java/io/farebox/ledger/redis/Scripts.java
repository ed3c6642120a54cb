package io.farebox.ledger.redis;

/**
 * What Redis does in one step. The value of a payment's key is when its lease ends, in milliseconds of the claimants' clocks, and
 * the token of its owner. Redis ends a key by its own clock, too, so that what nobody renews does not stay.
 */
final class Scripts {
    /**
     * KEYS: payment, epoch. ARGV: owner (empty: only look), lease until, now, milliseconds to live, new epoch. Answers whether
     * the payment is the owner's now, and the epoch.
     */
    static final String CLAIM = """
            local epoch = redis.call('GET', KEYS[2])
            if not epoch then
              epoch = ARGV[5]
              redis.call('SET', KEYS[2], epoch)
            end
            local value = redis.call('GET', KEYS[1])
            if value then
              local lease, owner = string.match(value, '^(%-?%d+) (.*)$')
              if owner ~= ARGV[1] and tonumber(lease) > tonumber(ARGV[3]) then return {0, epoch} end
            end
            if ARGV[1] ~= '' then redis.call('SET', KEYS[1], ARGV[2] .. ' ' .. ARGV[1], 'PX', ARGV[4]) end
            return {1, epoch}
            """;

    /** KEYS: payment. ARGV: owner, lease until, milliseconds to live. Takes a key that was lost; answers 0 if it is another's. */
    static final String RENEW = """
            local value = redis.call('GET', KEYS[1])
            if value and string.match(value, ' (.*)$') ~= ARGV[1] then return 0 end
            redis.call('SET', KEYS[1], ARGV[2] .. ' ' .. ARGV[1], 'PX', ARGV[3])
            return 1
            """;

    /** KEYS: payment. ARGV: owner. */
    static final String GIVE_BACK = """
            local value = redis.call('GET', KEYS[1])
            if value and string.match(value, ' (.*)$') == ARGV[1] then return redis.call('DEL', KEYS[1]) end
            return 0
            """;

    private Scripts() {}
}
