/** What clients are told when the gateway or the upstream fails. */
@NullMarked
package io.farebox.app.error;

import org.jspecify.annotations.NullMarked;
