/** Spring Boot auto-configuration of the payment filter. */
@NullMarked
package io.farebox.servlet.boot;

import org.jspecify.annotations.NullMarked;
