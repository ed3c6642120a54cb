/** From an OpenAPI document to the routes of a price list. Documents are foreign text: bounded, and never trusted. */
@NullMarked
package io.farebox.app.command.openapi;

import org.jspecify.annotations.NullMarked;
