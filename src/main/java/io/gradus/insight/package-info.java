/**
 * What can be said of a customer beyond the models: potential, loyalty, risk, lifecycle and needs,
 * as pure functions on features and feeds.
 */
@NullMarked
package io.gradus.insight;

import org.jspecify.annotations.NullMarked;
