/**
 * The only storage access: input files and their manifest, Delta tables, the run lock, publication,
 * retention and saved models. Knows no domain package.
 */
@NullMarked
package io.gradus.lake;

import org.jspecify.annotations.NullMarked;
