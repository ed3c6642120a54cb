/**
 * HTTP/1.1 by hand: what is sent is sent as it is, octet by octet, and what comes back is read up to a limit and up to a time.
 * Nothing is followed, repeated or tidied up.
 */
@NullMarked
package io.farebox.probe.wire;

import org.jspecify.annotations.NullMarked;
