/** A company with a known truth: customers, their transactions and the faults of a real feed. */
@NullMarked
package io.gradus.simulate;

import org.jspecify.annotations.NullMarked;
