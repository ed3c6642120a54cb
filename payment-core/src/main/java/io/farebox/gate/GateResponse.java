package io.farebox.gate;

import java.util.List;

/**
 * An answer that the gate gives itself. The body is shared between requests and must not be changed.
 *
 * @param status HTTP status
 * @param headers all headers but {@code Content-Length}
 * @param body empty if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // rendered ahead of time, written as it is, never compared
public record GateResponse(int status, List<Header> headers, byte[] body) {
    public GateResponse {
        headers = List.copyOf(headers);
    }
}
