/** What commands ask a running gateway. */
@NullMarked
package io.farebox.app.command.desk;

import org.jspecify.annotations.NullMarked;
