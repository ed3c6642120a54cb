/** The admission webhook that adds Farebox to the pods of an API, served by {@code farebox inject}. It starts no Spring. */
@NullMarked
package io.farebox.app.inject;

import org.jspecify.annotations.NullMarked;
