/**
 * Hands published tables to other databases and to plain files. Knows table contracts, staged files
 * and the target's own language (JDBC, CSV); knows neither the lake nor the jobs. Each target is a
 * {@link io.gradus.export.Transfer}: everything becomes visible to its readers at once, or nothing.
 */
@NullMarked
package io.gradus.export;

import org.jspecify.annotations.NullMarked;
