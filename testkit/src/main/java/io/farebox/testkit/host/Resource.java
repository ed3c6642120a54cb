package io.farebox.testkit.host;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is behind the gate, whatever the host: a servlet, an upstream server. Called by many threads at once. */
@FunctionalInterface
public interface Resource {
    /** Answers a request. */
    void serve(Call call) throws IOException;

    /** A request that got through, and its answer. */
    interface Call {
        String method();

        /** Raw, without query. */
        String path();

        /** The first value of a request header, or null. */
        @Nullable
        String header(String name);

        /** All values of a request header. */
        List<String> headers(String name);

        byte[] body() throws IOException;

        void status(int status);

        void answerHeader(String name, String value);

        void write(byte[] bytes) throws IOException;

        void flush() throws IOException;

        /** Ends the answer in the middle, as a crash would. */
        void breakOff();
    }
}
