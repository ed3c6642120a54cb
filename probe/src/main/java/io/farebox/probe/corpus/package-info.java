/**
 * Requests that people and attackers spell: every shape that is known to slip past a price, and plain legal ones that must never
 * be refused. {@link io.farebox.probe.corpus.Corpus} is where to start. Nothing here sends anything.
 */
@NullMarked
package io.farebox.probe.corpus;

import org.jspecify.annotations.NullMarked;
