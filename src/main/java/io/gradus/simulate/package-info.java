/**
 * A company with a known truth: customers, their transactions and the faults of a real feed. {@link
 * io.gradus.simulate.Company} says what is simulated, {@link io.gradus.simulate.CompanySimulator}
 * gives the tables. The model is a buy-till-you-die process per segment with Gamma–Gamma order
 * values; the site's page on simulation describes it. Nothing here reads or writes storage.
 */
@NullMarked
package io.gradus.simulate;

import org.jspecify.annotations.NullMarked;
