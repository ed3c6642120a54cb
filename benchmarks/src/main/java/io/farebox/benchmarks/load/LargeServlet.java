package io.farebox.benchmarks.load;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Random;

/** A resource of 200 MB: one random block of 64 KiB again and again, so that a reader can tell every byte. */
final class LargeServlet extends HttpServlet {
    /** How long the answer is. */
    static final long LENGTH = 200_000_000;

    /** What it repeats. */
    static byte[] block() {
        byte[] block = new byte[64 * 1024];
        new Random(402).nextBytes(block);
        return block;
    }

    private final transient byte[] block = block();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/octet-stream");
        response.setContentLengthLong(LENGTH);
        ServletOutputStream out = response.getOutputStream();
        for (long left = LENGTH; left > 0; left -= block.length) {
            out.write(block, 0, (int) Math.min(left, block.length));
        }
    }
}
