/** Real servers for tests: on loopback, on ports of their own, stopped by what started them. */
@NullMarked
package io.farebox.servers;

import org.jspecify.annotations.NullMarked;
