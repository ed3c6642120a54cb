/** The book of payments in memory, as a model, and the contract that every book fulfils. */
@NullMarked
package io.farebox.testkit.book;

import org.jspecify.annotations.NullMarked;
