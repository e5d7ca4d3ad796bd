/**
 * What a notebook cell says: open a lake, see tables and plots, look at customers as they were on a
 * past day, draft a policy. Results render themselves as HTML. Nothing here writes to a lake; the
 * formulas live in the packages of the models.
 */
@NullMarked
package io.gradus.notebook;

import org.jspecify.annotations.NullMarked;
