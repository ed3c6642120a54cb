/** What every host of the gate must do, as a contract to run over each of them, and a gate to run it with. */
@NullMarked
package io.farebox.testkit.host;

import org.jspecify.annotations.NullMarked;
