/**
 * The grading policy and what it does with indicators: dimension scores, grades, gates, stability
 * and reasons.
 */
@NullMarked
package io.gradus.grade;

import org.jspecify.annotations.NullMarked;
