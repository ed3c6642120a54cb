package io.farebox.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers in the style that the path names. */
final class StyleServlet extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        Object included = request.getAttribute(jakarta.servlet.RequestDispatcher.INCLUDE_REQUEST_URI);
        String uri = included == null ? request.getRequestURI() : included.toString();
        response.setHeader("X-Secret", Style.TEXT);
        Style.valueOf(uri.substring(uri.lastIndexOf('/') + 1)).answer(request, response);
    }
}
