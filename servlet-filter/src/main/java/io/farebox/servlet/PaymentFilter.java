package io.farebox.servlet;

import io.farebox.gate.Admission;
import io.farebox.gate.Decision;
import io.farebox.gate.Grant;
import io.farebox.gate.PaymentGate;
import io.farebox.gate.RequestFirewall;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * Puts prices on the resources of a web application.
 *
 * <p>Map it on {@code /*} for all five dispatcher types ({@code REQUEST}, {@code ASYNC}, {@code FORWARD}, {@code INCLUDE},
 * {@code ERROR}) with asynchronous support, after whatever authenticates callers and before whatever makes answers. Prices are
 * matched against the path within the application's context.
 *
 * <p>A paid resource finds who paid in the request attribute {@value #PAYMENT}, a {@link io.farebox.gate.PaymentFacts}.
 */
public final class PaymentFilter implements Filter {
    /** Name of the request attribute with the facts about the payment. */
    public static final String PAYMENT = "io.farebox.payment";

    private final PaymentGate gate;

    /** The gate is shared, and closed by whoever opened it. */
    public PaymentFilter(PaymentGate gate) {
        this.gate = gate;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest http) || !(response instanceof HttpServletResponse answer)) {
            chain.doFilter(request, response);
            return;
        }
        PaidRequest paid = (PaidRequest) request.getAttribute(PaidRequest.ATTRIBUTE);
        if (request.getDispatcherType() == DispatcherType.ERROR) {
            if (paid != null) paid.guard().exchange().failed("resource_error");
            errorPage(http, response, chain);
        } else if (paid != null) {
            dispatched(paid, http, answer, chain);
        } else if (request.getDispatcherType() == DispatcherType.REQUEST) {
            received(http, answer, chain);
        } else {
            requireFree(http);
            chain.doFilter(request, response);
        }
    }

    /**
     * Error pages cost nothing. One that is asked for by TRACE, which Tomcat refuses before any filter runs, would echo what
     * the client sent, its payment included: the status says enough.
     */
    private void errorPage(HttpServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (gate.enforces() && RequestFirewall.check(request.getMethod(), "/", null, 0) != null) return;
        chain.doFilter(new StrippedRequest(request), response);
    }

    /** A request from outside. */
    private void received(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String uri = request.getRequestURI();
        String refusal = RequestFirewall.check(request.getMethod(), uri, request.getQueryString(), hosts(request));
        // A context path that is spelled another way than it is configured: no price could be found for what follows
        // it.
        if (refusal == null && !uri.startsWith(request.getContextPath())) refusal = RequestFirewall.AMBIGUOUS_TARGET;
        if (refusal != null) {
            refused(refusal, request, response, chain);
            return;
        }
        String path = uri.substring(request.getContextPath().length());
        switch (gate.decide(new ServletGateRequest(request, path, uri, request.getQueryString()))) {
            case Decision.Free free -> chain.doFilter(new StrippedRequest(request), response);
            case Decision.Answer answer -> GateAnswers.write(answer.response(), response);
            case Decision.Inquiry inquiry -> GateAnswers.write(gate.answer(inquiry), response);
            case Decision.Attempt attempt -> attempted(attempt, request, response, chain);
        }
    }

    /** Without a path that could be trusted nothing can be counted either: a gate that does not enforce lets it pass. */
    private void refused(String refusal, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!gate.enforces()) {
            chain.doFilter(new StrippedRequest(request), response);
            return;
        }
        int status = RequestFirewall.status(refusal);
        if (status == 405) response.setHeader("Allow", RequestFirewall.ALLOW);
        GateAnswers.write(gate.reject(status, refusal), response);
    }

    private static int hosts(HttpServletRequest request) {
        Enumeration<String> hosts = request.getHeaders("Host");
        int count = 0;
        while (hosts.hasMoreElements()) {
            hosts.nextElement();
            count++;
        }
        return count;
    }

    private void attempted(
            Decision.Attempt attempt, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ReplayedBody body = ReplayedBody.read(request);
        switch (gate.admit(attempt, ReplayedBody.digest(request, body))) {
            case Admission.Refused refused -> GateAnswers.write(refused.response(), response);
            case Admission.Unavailable unavailable -> GateAnswers.write(unavailable.response(), response);
            case Admission.Granted granted ->
                granted(granted.grant(), request, body, response, resource(granted.grant(), chain));
        }
    }

    /** What the gate itself sells takes the place of a resource: it is paid for, and may break off, like any other answer. */
    private FilterChain resource(Grant grant, FilterChain chain) {
        return gate.serves(grant)
                ? (request, response) -> GateAnswers.write(gate.serve(grant), (HttpServletResponse) response)
                : chain;
    }

    private void granted(
            Grant grant,
            HttpServletRequest request,
            @Nullable ReplayedBody body,
            HttpServletResponse response,
            FilterChain chain)
            throws IOException, ServletException {
        var exchange =
                new PaidExchange(gate, grant, response, request.getMethod().equals("HEAD"));
        var paid = new PaidRequest(request, grant, new CommitGuard(response, exchange), body);
        request.setAttribute(PaidRequest.ATTRIBUTE, paid);
        request.setAttribute(PAYMENT, grant.facts());
        run(paid, paid, paid.guard(), chain);
    }

    /** A further dispatch of a request that has paid: the same grant, the same answer. */
    private static void dispatched(
            PaidRequest paid, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        switch (request.getDispatcherType()) {
            case ASYNC -> {
                paid.beginDispatch();
                run(paid, request, response, chain);
            }
            case FORWARD -> {
                chain.doFilter(request, response);
                // Tomcat cuts the real response off when a forward returns, with our held bytes still to come.
                if (paid.startedAsync()) return;
                if (response == paid.guard()) paid.guard().finish();
                else response.flushBuffer();
            }
            case REQUEST, INCLUDE, ERROR -> chain.doFilter(request, response);
        }
    }

    private static void run(
            PaidRequest paid, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        PaidExchange exchange = paid.guard().exchange();
        try {
            chain.doFilter(request, response);
        } catch (IOException | ServletException | RuntimeException | Error e) {
            // The client has the gate's answer; that the resource could not go on writing is no news.
            if (exchange.isClosed() && e instanceof Exception) return;
            exchange.failed("resource_error");
            exchange.takeBack();
            if (!paid.startedAsync()) exchange.end("resource_error");
            throw e;
        }
        if (paid.startedAsync() || request.isAsyncStarted()) return;
        paid.guard().finish();
        exchange.end("resource_error");
    }

    /** A dispatch from a free resource must not lead where clients would have to pay. */
    private void requireFree(HttpServletRequest request) throws ServletException {
        DispatchTarget target = DispatchTarget.of(request);
        if (target == null) return;
        String refusal = RequestFirewall.check(request.getMethod(), target.fullPath(), target.query(), 1);
        if (refusal == null) {
            var view = new ServletGateRequest(request, target.path(), target.fullPath(), target.query());
            if (gate.isFree(view)) return;
        }
        if (!gate.enforces()) return;
        throw new ServletException("a free resource dispatches to " + target.path()
                + ", which is priced or refused; price the path that clients ask for ("
                + RequestDispatcher.FORWARD_REQUEST_URI
                + " names it)");
    }
}
