/**
 * The commands a person types. The only place that prints to standard output or ends the process.
 */
@NullMarked
package io.gradus.cli;

import org.jspecify.annotations.NullMarked;
