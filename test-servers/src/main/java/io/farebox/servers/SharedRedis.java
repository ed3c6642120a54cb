package io.farebox.servers;

import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands the one {@link RedisServer} of a test run to whoever has a parameter for it. It starts with the first test that asks and
 * stops with the last of all. A test that stops it starts it again.
 */
public final class SharedRedis implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RedisServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedRedis.class))
                .computeIfAbsent("server", key -> new RedisServer(List.of()), RedisServer.class);
    }
}
