/** Notices that a configuration file was changed, see {@link io.farebox.settlement.reload.FileWatch}. */
@NullMarked
package io.farebox.settlement.reload;

import org.jspecify.annotations.NullMarked;
