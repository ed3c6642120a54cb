/** The gate in front of Spring Cloud Gateway's routes. */
@NullMarked
package io.farebox.gateway;

import org.jspecify.annotations.NullMarked;
