/** What {@code farebox-gateway.jar} does besides running: commands that start no Spring. */
@NullMarked
package io.farebox.app.command;

import org.jspecify.annotations.NullMarked;
