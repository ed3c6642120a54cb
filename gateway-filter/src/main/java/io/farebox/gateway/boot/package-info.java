/** Spring Boot auto-configuration of the gateway's payment filters. */
@NullMarked
package io.farebox.gateway.boot;

import org.jspecify.annotations.NullMarked;
