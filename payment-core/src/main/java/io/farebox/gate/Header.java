package io.farebox.gate;

/** A response or upstream header; both parts are safe to write as they are. */
public record Header(String name, String value) {}
