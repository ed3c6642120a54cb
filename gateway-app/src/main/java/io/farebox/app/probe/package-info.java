/** {@code farebox probe}: its options, what the price list says of them, and the report for people. */
@NullMarked
package io.farebox.app.probe;

import org.jspecify.annotations.NullMarked;
