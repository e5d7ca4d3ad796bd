/** The failures a person has to act on, each with its documented exit code. */
@NullMarked
package io.gradus.error;

import org.jspecify.annotations.NullMarked;
