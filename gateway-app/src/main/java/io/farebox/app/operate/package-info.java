/** The operator's API on the management port. */
@NullMarked
package io.farebox.app.operate;

import org.jspecify.annotations.NullMarked;
