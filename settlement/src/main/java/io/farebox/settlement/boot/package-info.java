/** What the Spring Boot auto-configurations of both hosts share: from the Environment to a running Farebox. */
@NullMarked
package io.farebox.settlement.boot;

import org.jspecify.annotations.NullMarked;
