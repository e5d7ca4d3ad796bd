/**
 * The contracts of every table: column names, types, grain, keys, comments and constraints. Imports
 * nothing of the other packages.
 */
@NullMarked
package io.gradus.table;

import org.jspecify.annotations.NullMarked;
