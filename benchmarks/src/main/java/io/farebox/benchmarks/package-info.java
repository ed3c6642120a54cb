/** What the gate costs, measured; see {@code docs/performance.md}. */
@NullMarked
package io.farebox.benchmarks;

import org.jspecify.annotations.NullMarked;
