/**
 * What a facilitator of our own has taken on and sent to a chain, before it is sent. {@link io.farebox.outbox.Outbox} is where to
 * start.
 */
@NullMarked
package io.farebox.outbox;

import org.jspecify.annotations.NullMarked;
