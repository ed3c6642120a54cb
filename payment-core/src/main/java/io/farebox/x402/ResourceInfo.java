package io.farebox.x402;

/**
 * What is being paid for.
 *
 * @param url absolute URL of the resource
 * @param description for people; may be empty
 * @param mimeType of the answer; may be empty
 */
public record ResourceInfo(String url, String description, String mimeType) {}
