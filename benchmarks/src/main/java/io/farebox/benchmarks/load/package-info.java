/** Load on whole servers, each in a JVM of its own. */
@NullMarked
package io.farebox.benchmarks.load;

import org.jspecify.annotations.NullMarked;
