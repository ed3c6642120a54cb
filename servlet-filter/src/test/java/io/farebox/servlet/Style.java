package io.farebox.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The ways in which servlets answer. Every one says the secret, in body or headers, in its own way. */
enum Style {
    WRITE {
        @Override
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getOutputStream().write(SECRET);
        }
    },
    WRITER {
        @Override
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter().print(TEXT);
        }
    },
    WRITER_CLOSED {
        @Override
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
            try (PrintWriter writer = response.getWriter()) {
                writer.print(TEXT);
            }
        }
    },
    STREAM_CLOSED {
        @Override
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
            try (ServletOutputStream out = response.getOutputStream()) {
                out.write(SECRET);
            }
        }
    },
    FLUSH_BUFFER_FIRST {
        @Override
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.flushBuffer();
            response.getOutputStream().write(SECRET);
        }
    },
    STREAM_FLUSHED {
        @Override
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
            for (int i = 0; i < 3; i++) {
                response.getOutputStream().write(SECRET);
                response.getOutputStream().flush();
            }
        }
    },
    WRITER_FLUSHED {
        @Override
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
            for (int i = 0; i < 3; i++) {
                response.getWriter().print(TEXT);
                response.getWriter().flush();
            }
        }
    },
    LARGE {
        @Override
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
            for (int i = 0; i < 50_000; i++) response.getOutputStream().write(SECRET);
        }
    },
    LARGE_AT_ONCE {
        @Override
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getOutputStream().write(TEXT.repeat(50_000).getBytes(StandardCharsets.US_ASCII));
        }
    },
    SMALL_BUFFER {
        @Override
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setBufferSize(1);
            for (int i = 0; i < 5_000; i++) response.getOutputStream().write(SECRET);
        }
    },
    CONTENT_LENGTH {
        @Override
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentLength(SECRET.length);
            response.getOutputStream().write(SECRET);
        }
    },
    REDIRECT {
        @Override
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.sendRedirect("/signed?sig=" + TEXT);
        }
    },
    REDIRECT_OF_SERVLET_6_1 {
        @Override
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.sendRedirect("/signed?sig=" + TEXT, 307, true);
        }
    },
    REDIRECT_BY_HAND {
        @Override
        void answer(HttpServletRequest request, HttpServletResponse response) {
            response.setStatus(303);
            response.setHeader("Location", "/signed?sig=" + TEXT);
        }
    },
    SEND_ERROR_THAT_IS_NONE {
        @Override
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.addHeader("X-Secret", TEXT);
            response.sendError(304, TEXT);
        }
    },
    EARLY_HINTS {
        @Override
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.addHeader("Link", "</" + TEXT + ">; rel=preload");
            response.sendError(103);
            response.getOutputStream().write(SECRET);
        }
    },
    COOKIE {
        @Override
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.addCookie(new Cookie("session", TEXT));
            response.setHeader("ETag", '"' + TEXT + '"');
            response.getOutputStream().write(SECRET);
        }
    },
    SESSION {
        @Override
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
            request.getSession().setAttribute("paid", true);
            response.getOutputStream().write(SECRET);
        }
    },
    TRAILERS {
        @Override
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setHeader("Trailer", "X-Secret");
            response.setTrailerFields(() -> Map.of("X-Secret", TEXT));
            response.getOutputStream().write(SECRET);
            response.flushBuffer();
        }
    },
    RESET_AND_WRITE {
        @Override
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("something else");
            response.reset();
            response.addHeader("X-Secret", TEXT);
            response.getOutputStream().write(SECRET);
        }
    },
    FORWARD {
        @Override
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
            request.getRequestDispatcher("/inner/WRITER").forward(request, response);
        }
    },
    INCLUDE {
        @Override
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
            request.getRequestDispatcher("/inner/STREAM_FLUSHED").include(request, response);
        }
    },
    ASYNC_WRITE {
        @Override
        void answer(HttpServletRequest request, HttpServletResponse response) {
            async(request, context -> context.getResponse().getOutputStream().write(SECRET));
        }
    },
    ASYNC_WITH_ARGUMENTS {
        @Override
        void answer(HttpServletRequest request, HttpServletResponse response) {
            AsyncContext context = request.startAsync(request, response);
            context.start(() -> {
                try {
                    response.getWriter().print(TEXT);
                } catch (IOException e) {
                    request.getServletContext().log("stopped", e);
                } finally {
                    context.complete();
                }
            });
        }
    },
    ASYNC_COMPLETED_AT_ONCE {
        @Override
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
            AsyncContext context = request.startAsync();
            context.getResponse().getOutputStream().write(SECRET);
            context.complete();
        }
    },
    SERVER_SENT_EVENTS {
        @Override
        void answer(HttpServletRequest request, HttpServletResponse response) {
            response.setContentType("text/event-stream");
            async(request, context -> {
                for (int i = 0; i < 5; i++) {
                    context.getResponse().getWriter().print("data: " + TEXT + "\n\n");
                    context.getResponse().flushBuffer();
                }
            });
        }
    },
    ASYNC_LARGE {
        @Override
        void answer(HttpServletRequest request, HttpServletResponse response) {
            async(request, context -> {
                for (int i = 0; i < 50_000; i++)
                    context.getResponse().getOutputStream().write(SECRET);
            });
        }
    },
    ASYNC_REDIRECT {
        @Override
        void answer(HttpServletRequest request, HttpServletResponse response) {
            async(request, context -> ((HttpServletResponse) context.getResponse()).sendRedirect("/x?sig=" + TEXT));
        }
    },
    ASYNC_DISPATCH {
        @Override
        void answer(HttpServletRequest request, HttpServletResponse response) {
            AsyncContext context = request.startAsync();
            context.start(() -> context.dispatch("/inner/WRITER_FLUSHED"));
        }
    },
    ASYNC_DISPATCH_AT_ONCE {
        @Override
        void answer(HttpServletRequest request, HttpServletResponse response) {
            request.startAsync().dispatch("/inner/WRITE");
        }
    },
    ASYNC_COMPLETED_BY_LISTENER {
        @Override
        void answer(HttpServletRequest request, HttpServletResponse response) {
            AsyncContext context = request.startAsync();
            context.setTimeout(50);
            context.addListener(new CompletingListener());
        }
    },
    NON_BLOCKING {
        @Override
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
            nonBlocking(request, 3);
        }
    },
    NON_BLOCKING_LARGE {
        @Override
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
            nonBlocking(request, 100_000);
        }
    },
    NON_BLOCKING_FLUSHED {
        @Override
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
            AsyncContext context = request.startAsync();
            ServletOutputStream out = context.getResponse().getOutputStream();
            out.setWriteListener(new FlushingListener(context, out));
        }
    };

    static final String TEXT = "PREMIUM-CONTENT";
    static final byte[] SECRET = TEXT.getBytes(StandardCharsets.US_ASCII);

    abstract void answer(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;

    private interface Work {
        void run(AsyncContext context) throws IOException;
    }

    private static void async(HttpServletRequest request, Work work) {
        AsyncContext context = request.startAsync();
        context.start(() -> {
            try {
                work.run(context);
            } catch (IOException e) {
                request.getServletContext().log("stopped: " + e.getMessage());
            } finally {
                context.complete();
            }
        });
    }

    private static void nonBlocking(HttpServletRequest request, int parts) throws IOException {
        AsyncContext context = request.startAsync();
        ServletOutputStream out = context.getResponse().getOutputStream();
        out.setWriteListener(new WriteListener() {
            private int left = parts;

            @Override
            public void onWritePossible() throws IOException {
                while (out.isReady()) {
                    if (left == 0) {
                        context.complete();
                        return;
                    }
                    left--;
                    out.write(SECRET);
                }
            }

            @Override
            public void onError(Throwable problem) {
                context.complete();
            }
        });
    }

    private record FlushingListener(AsyncContext context, ServletOutputStream out) implements WriteListener {
        @Override
        public void onWritePossible() throws IOException {
            if (!out.isReady()) return;
            if (context.getRequest().getAttribute("written") != null) {
                context.complete();
                return;
            }
            context.getRequest().setAttribute("written", true);
            out.write(SECRET);
            if (out.isReady()) out.flush();
            if (out.isReady()) onWritePossible();
        }

        @Override
        public void onError(Throwable problem) {
            context.complete();
        }
    }
}
