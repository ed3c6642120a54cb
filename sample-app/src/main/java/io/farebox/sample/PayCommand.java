package io.farebox.sample;

import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.util.List;

/** {@code pay URL [METHOD [BODY]]}: asks, pays, asks again, and shows what happened. */
final class PayCommand {
    private PayCommand() {}

    /** Exit code 0 if what was paid for arrived. */
    static int run(List<String> args, PrintStream out) {
        if (args.isEmpty() || args.size() > 3) {
            out.println("usage: pay URL [METHOD [BODY]]     for example: pay http://localhost:8080/api/weather/oslo");
            return 2;
        }
        String method = args.size() > 1 ? args.get(1) : "GET";
        String body = args.size() > 2 ? args.get(2) : "";
        try {
            return new PayingClient(out).request(method, URI.create(args.getFirst()), body) ? 0 : 1;
        } catch (ConnectException e) {
            out.println(
                    "Nothing answers at " + URI.create(args.getFirst()).getAuthority() + ". Is the sample running?");
            return 1;
        } catch (IOException | IllegalArgumentException e) {
            out.println("It did not work: " + e.getMessage());
            return 1;
        }
    }
}
