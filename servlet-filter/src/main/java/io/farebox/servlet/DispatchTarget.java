package io.farebox.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a dispatch inside the application leads.
 *
 * @param path raw, within the context
 * @param fullPath raw, with the context path
 */
record DispatchTarget(
        String path, String fullPath, @Nullable String query) {
    /** The target, or null if the request stays where it was: a named dispatch, or an asynchronous one to itself. */
    static @Nullable DispatchTarget of(HttpServletRequest request) {
        if (request.getDispatcherType() == DispatcherType.INCLUDE) return included(request);
        if (request.getDispatcherType() == DispatcherType.ASYNC && isItself(request)) return null;
        return target(request.getContextPath(), request.getRequestURI(), request.getQueryString());
    }

    private static boolean isItself(HttpServletRequest request) {
        Object from = request.getAttribute(AsyncContext.ASYNC_REQUEST_URI);
        if (from != null && !request.getRequestURI().equals(from)) return false;
        return from == null
                || Objects.equals(request.getAttribute(AsyncContext.ASYNC_QUERY_STRING), request.getQueryString());
    }

    private static @Nullable DispatchTarget included(HttpServletRequest request) {
        if (!(request.getAttribute(RequestDispatcher.INCLUDE_REQUEST_URI) instanceof String uri)) return null;
        Object context = request.getAttribute(RequestDispatcher.INCLUDE_CONTEXT_PATH);
        Object query = request.getAttribute(RequestDispatcher.INCLUDE_QUERY_STRING);
        return target(context == null ? "" : context.toString(), uri, query == null ? null : query.toString());
    }

    /** A path of another context keeps its whole path, for which there is no price here but perhaps a refusal. */
    private static DispatchTarget target(String contextPath, String uri, @Nullable String query) {
        String path = uri.startsWith(contextPath) ? uri.substring(contextPath.length()) : uri;
        return new DispatchTarget(path, uri, query);
    }
}
