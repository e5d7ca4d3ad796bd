/**
 * One class per job; each reads top to bottom like the data flow. Wiring only: no formula and no
 * storage call lives here. The only place that reads the clock.
 */
@NullMarked
package io.gradus.job;

import org.jspecify.annotations.NullMarked;
