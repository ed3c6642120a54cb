package io.farebox.servers;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands the one {@link RedisCluster} of a test run, three masters, to whoever has a parameter for it. It starts with the first test
 * that asks and stops with the last of all. A test that stops one of its nodes starts it again and waits for the whole.
 */
public final class SharedRedisCluster implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RedisCluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedRedisCluster.class))
                .computeIfAbsent("cluster", key -> new RedisCluster(3, false), RedisCluster.class);
    }
}
