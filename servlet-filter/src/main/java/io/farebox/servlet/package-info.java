/** The payment filter for Jakarta Servlet containers. */
@NullMarked
package io.farebox.servlet;

import org.jspecify.annotations.NullMarked;
