package io.farebox.servlet;

import io.farebox.gate.Grant;
import io.farebox.gate.Header;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.PushBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A paid request as the resource sees it: told who paid, with the body that we may have read in front, and with asynchronous
 * work that ends in settlement. Push, protocol upgrades and Tomcat's sendfile would go around the answer that is paid for, so
 * there are none.
 */
final class PaidRequest extends StrippedRequest {
    /** Where the container keeps this request, for its further dispatches. */
    static final String ATTRIBUTE = "io.farebox.servlet.paid-request";

    /** What Tomcat is told in such attributes it does by itself, after the head, even if that head is a refusal. */
    private static final String SENDFILE = "org.apache.tomcat.sendfile.";

    private static final String SENDFILE_SUPPORT = SENDFILE + "support";

    private final List<Header> facts;
    private final CommitGuard guard;
    private final @Nullable ReplayedBody body;
    private volatile @Nullable GuardedAsync async;
    private volatile boolean startedAsync;

    PaidRequest(HttpServletRequest request, Grant grant, CommitGuard guard, @Nullable ReplayedBody body) {
        super(request);
        this.facts = grant.upstreamHeaders();
        this.guard = guard;
        this.body = body;
    }

    CommitGuard guard() {
        return guard;
    }

    /** Forgets the asynchronous cycle before; the next dispatch has begun. */
    void beginDispatch() {
        startedAsync = false;
    }

    /** Whether the dispatch that is returning has gone asynchronous, also if it is complete already. */
    boolean startedAsync() {
        return startedAsync;
    }

    private @Nullable String fact(String name) {
        for (Header header : facts) if (header.name().equalsIgnoreCase(name)) return header.value();
        return null;
    }

    @Override
    public @Nullable String getHeader(String name) {
        String fact = fact(name);
        return fact == null ? super.getHeader(name) : fact;
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        String fact = fact(name);
        return fact == null ? super.getHeaders(name) : Collections.enumeration(List.of(fact));
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        List<String> names = Collections.list(super.getHeaderNames());
        List<String> all = new ArrayList<>(names);
        facts.forEach(header -> all.add(header.name()));
        return Collections.enumeration(all);
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return name.equals(SENDFILE_SUPPORT) ? Boolean.FALSE : super.getAttribute(name);
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        if (!name.startsWith(SENDFILE)) super.setAttribute(name, value);
    }

    @Override
    public AsyncContext startAsync() {
        return startAsync(this, guard);
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        AsyncContext context = super.startAsync(request, response);
        context.addListener(new AsyncEnd(guard.exchange()));
        GuardedAsync guarded = new GuardedAsync(context, guard);
        async = guarded;
        startedAsync = true;
        return guarded;
    }

    @Override
    public AsyncContext getAsyncContext() {
        AsyncContext context = super.getAsyncContext();
        GuardedAsync guarded = async;
        return guarded == null ? context : guarded;
    }

    @Override
    @SuppressWarnings("deprecation") // Servlet 6.1 deprecates push; a container may still offer it
    public @Nullable PushBuilder newPushBuilder() {
        return null;
    }

    @Override
    public <T extends HttpUpgradeHandler> T upgrade(Class<T> type) {
        throw new IllegalStateException("a priced route cannot change protocols: what follows could not be paid for");
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return body == null ? super.getInputStream() : body.stream();
    }

    @Override
    public BufferedReader getReader() throws IOException {
        return body == null ? super.getReader() : body.reader();
    }

    @Override
    public @Nullable String getParameter(String name) {
        String[] values = getParameterValues(name);
        return values == null ? null : values[0];
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return body == null || !body.isForm()
                ? super.getParameterValues(name)
                : body.parameters().get(name);
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return body == null || !body.isForm() ? super.getParameterMap() : body.parameters();
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(getParameterMap().keySet());
    }
}
