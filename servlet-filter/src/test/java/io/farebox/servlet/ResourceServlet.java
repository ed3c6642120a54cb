package io.farebox.servlet;

import io.farebox.testkit.host.Resource;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;

/** Runs the contract's resource as an ordinary blocking servlet. */
final class ResourceServlet extends HttpServlet {
    private final transient Resource resource;

    ResourceServlet(Resource resource) {
        this.resource = resource;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        resource.serve(new ServletCall(request, response));
    }

    private record ServletCall(HttpServletRequest request, HttpServletResponse response) implements Resource.Call {
        @Override
        public String method() {
            return request.getMethod();
        }

        @Override
        public String path() {
            return request.getRequestURI();
        }

        @Override
        public String header(String name) {
            return request.getHeader(name);
        }

        @Override
        public List<String> headers(String name) {
            return Collections.list(request.getHeaders(name));
        }

        @Override
        public byte[] body() throws IOException {
            return request.getInputStream().readAllBytes();
        }

        @Override
        public void status(int status) {
            response.setStatus(status);
        }

        @Override
        public void answerHeader(String name, String value) {
            response.addHeader(name, value);
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            response.getOutputStream().write(bytes);
        }

        @Override
        public void flush() throws IOException {
            response.flushBuffer();
        }

        @Override
        public void breakOff() {
            throw new IllegalStateException("the resource crashed");
        }
    }
}
