/** How predictions and policies are judged: rolling origins, metrics and backtests. */
@NullMarked
package io.gradus.evaluate;

import org.jspecify.annotations.NullMarked;
