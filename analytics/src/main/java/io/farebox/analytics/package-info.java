/** What the gate does, in figures. */
@org.jspecify.annotations.NullMarked
package io.farebox.analytics;
