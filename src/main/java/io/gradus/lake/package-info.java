/**
 * The only storage access: input files and their manifest, Delta tables, the run lock, publication,
 * retention, erasure and saved models. Knows no domain package; takes table contracts, data sets
 * and plain values.
 *
 * <p>A night uses it in this order: {@link io.gradus.lake.InputFiles#plan} → {@link
 * io.gradus.lake.Lake#open} → {@link io.gradus.lake.RunLock#acquire} → {@link
 * io.gradus.lake.Lake#begin} → writes → {@link io.gradus.lake.Lake#publish} → {@link
 * io.gradus.lake.Retention}. What is written becomes visible to {@link
 * io.gradus.lake.Lake#readPublished} by the one commit of {@code publish} and not before.
 */
@NullMarked
package io.gradus.lake;

import org.jspecify.annotations.NullMarked;
