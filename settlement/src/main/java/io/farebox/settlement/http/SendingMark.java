package io.farebox.settlement.http;

import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Notes the moment before the first byte of a request is written. The client comes here only with a connection that stands,
 * TLS included: what fails earlier was certainly not sent, what fails later may have been read, whatever the exception says.
 */
final class SendingMark extends HttpRequestExecutor {
    private static final String SENDING = "farebox.sending";

    static boolean mayBeSent(HttpContext context) {
        return context.getAttribute(SENDING) != null;
    }

    @Override
    public ClassicHttpResponse execute(
            ClassicHttpRequest request,
            HttpClientConnection connection,
            HttpResponseInformationCallback informationCallback,
            HttpContext context)
            throws IOException, HttpException {
        context.setAttribute(SENDING, Boolean.TRUE);
        return super.execute(request, connection, informationCallback, context);
    }
}
