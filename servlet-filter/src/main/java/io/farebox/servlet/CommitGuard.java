package io.farebox.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The response that a paid resource writes to. Whatever would commit it settles first: a body larger than what is held,
 * flush, close, redirect, error. Headers go to the real response at once, which is reset if the payment does not settle; the
 * body does not.
 *
 * <p>Also covers what Servlet 6.1 added, without being compiled against it: those methods carry no {@code @Override}.
 */
final class CommitGuard extends HttpServletResponseWrapper {
    private final PaidExchange exchange;
    private final GuardedStream stream;
    private @Nullable PrintWriter writer;
    private boolean streaming;

    CommitGuard(HttpServletResponse response, PaidExchange exchange) {
        super(response);
        this.exchange = exchange;
        this.stream = new GuardedStream(response, exchange);
    }

    PaidExchange exchange() {
        return exchange;
    }

    /** Settles if need be and sends all that was written; the resource is done. */
    void finish() {
        drainWriter();
        if (!stream.isNonBlocking()) exchange.finish();
    }

    /** Likewise for a resource that must not wait: {@code then} runs when all is sent. */
    void finishLater(Runnable then) {
        drainWriter();
        stream.finish(then);
    }

    /**
     * Likewise, now. A resource that writes without blocking cannot be waited for: unless its answer is on its way, it is
     * given up, and the container makes an error page.
     */
    boolean finishIfBlocking() {
        if (stream.isNonBlocking() && exchange.isHolding()) {
            exchange.end("timeout");
            exchange.takeBack();
            return false;
        }
        finish();
        return true;
    }

    private void drainWriter() {
        if (writer != null) stream.withoutFlush(writer::flush);
    }

    private HttpServletResponse real() {
        return (HttpServletResponse) getResponse();
    }

    // ---- the body

    @Override
    public ServletOutputStream getOutputStream() {
        if (writer != null) throw new IllegalStateException("getWriter() was called before");
        streaming = true;
        return stream;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (streaming) throw new IllegalStateException("getOutputStream() was called before");
        if (writer == null) {
            // Containers name the charset in Content-Type from here on.
            super.setCharacterEncoding(getCharacterEncoding());
            writer = new PrintWriter(new OutputStreamWriter(stream, getCharacterEncoding()));
        }
        return writer;
    }

    // ---- what commits

    @Override
    public boolean isCommitted() {
        return !exchange.isHolding() || super.isCommitted();
    }

    @Override
    public void flushBuffer() throws IOException {
        drainWriter();
        stream.flush();
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        if (settlesFor(status)) super.sendError(status, message);
    }

    @Override
    public void sendError(int status) throws IOException {
        if (settlesFor(status)) super.sendError(status);
    }

    /** Interim answers (1xx) could carry headers that nobody has paid for; they may always be left out. */
    private boolean settlesFor(int status) {
        if (status < 200 || exchange.isClosed()) return false;
        discardWriter();
        return exchange.settleWithoutBody(status);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        if (settlesFor(SC_FOUND)) super.sendRedirect(location);
    }

    public void sendRedirect(String location, boolean clearBuffer) throws IOException {
        sendRedirect(location, SC_FOUND, clearBuffer);
    }

    public void sendRedirect(String location, int status) throws IOException {
        sendRedirect(location, status, true);
    }

    public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
        if (exchange.isClosed()) return;
        if (isCommitted()) throw new IllegalStateException("the answer is committed");
        if (clearBuffer) resetBuffer();
        setStatus(status);
        setHeader("Location", location);
        finish();
    }

    @Override
    public void reset() {
        if (exchange.isClosed()) return;
        resetBuffer();
        super.reset();
        writer = null;
        streaming = false;
    }

    @Override
    public void resetBuffer() {
        if (exchange.isClosed()) return;
        discardWriter();
        exchange.resetBody();
    }

    /** What the writer still has in its encoder would come out after the reset. */
    private void discardWriter() {
        if (exchange.isHolding()) drainWriter();
    }

    // ---- the head

    @Override
    public void setContentLength(int length) {
        setContentLengthLong(length);
    }

    @Override
    public void setContentLengthLong(long length) {
        if (isCommitted()) return;
        exchange.delivery().promise(length);
        super.setContentLengthLong(length);
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        if (exchange.isClosed() || isContentHeader(name, value)) return;
        super.setHeader(name, value);
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        if (exchange.isClosed() || isContentHeader(name, value)) return;
        super.addHeader(name, value);
    }

    @Override
    public void setIntHeader(String name, int value) {
        setHeader(name, Integer.toString(value));
    }

    @Override
    public void addIntHeader(String name, int value) {
        addHeader(name, Integer.toString(value));
    }

    /** Content headers have an effect beyond the header, and setters that we watch. */
    private boolean isContentHeader(String name, @Nullable String value) {
        if (name.equalsIgnoreCase("Content-Length")) {
            exchange.delivery().promise(-1);
            if (value == null) return false;
            try {
                setContentLengthLong(Long.parseLong(value.strip()));
            } catch (NumberFormatException e) {
                return true; // no container sends it either
            }
            return true;
        }
        if (value == null || !name.equalsIgnoreCase("Content-Type")) return false;
        setContentType(value);
        return true;
    }

    @Override
    public void setContentType(@Nullable String type) {
        if (exchange.isClosed()) return;
        String charset = writer == null ? null : getCharacterEncoding();
        super.setContentType(type);
        if (charset != null) super.setCharacterEncoding(charset);
    }

    @Override
    public void setCharacterEncoding(@Nullable String charset) {
        // As in every container: the writer has begun to encode, so it is too late.
        if (writer == null && !exchange.isClosed()) super.setCharacterEncoding(charset);
    }

    public void setCharacterEncoding(Charset charset) {
        setCharacterEncoding(charset.name());
    }

    @Override
    public void setLocale(Locale locale) {
        if (exchange.isClosed()) return;
        String charset = writer == null ? null : getCharacterEncoding();
        super.setLocale(locale);
        if (charset != null) super.setCharacterEncoding(charset);
    }

    @Override
    public void setStatus(int status) {
        if (!exchange.isClosed()) super.setStatus(status);
    }

    @Override
    public void setDateHeader(String name, long date) {
        if (!exchange.isClosed()) super.setDateHeader(name, date);
    }

    @Override
    public void addDateHeader(String name, long date) {
        if (!exchange.isClosed()) super.addDateHeader(name, date);
    }

    @Override
    public void addCookie(Cookie cookie) {
        if (!exchange.isClosed()) super.addCookie(cookie);
    }

    @Override
    public void setTrailerFields(Supplier<Map<String, String>> supplier) {
        if (!exchange.isClosed()) exchange.trailers(supplier);
    }

    @Override
    public void setBufferSize(int size) {
        if (exchange.isHolding()) real().setBufferSize(size);
    }
}
