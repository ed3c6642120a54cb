package io.farebox.x402;

/**
 * Everything in which the two wire versions differ. Strict on the way out, tolerant as documented on the way in. Immutable
 * and thread-safe.
 */
public interface WireCodec {
    /** 1 or 2. */
    int version();

    /** Name of the request header that carries the payment. */
    String paymentHeader();

    /** Name of the response header that carries the receipt. */
    String receiptHeader();

    /** Reads a payment header; never throws, whatever the text. */
    HeaderReading readPayment(String header);

    /** Writes a receipt as header value: Base64 of ASCII JSON. */
    String writeReceipt(SettleResponse receipt);

    /** Writes the JSON body of {@code /verify} and {@code /settle}; a payment of the other version is translated. */
    String writeFacilitatorRequest(FacilitatorRequest request);

    /**
     * Whether this version has a name for the network.
     *
     * @return true for all networks in version 2
     */
    boolean knows(Network network);
}
