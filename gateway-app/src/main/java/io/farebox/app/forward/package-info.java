/** What the upstream is told about the client: addresses, host and scheme. */
@NullMarked
package io.farebox.app.forward;

import org.jspecify.annotations.NullMarked;
