/** What a night did to the whole: structure, migration, concentration, drift and alerts. */
@NullMarked
package io.gradus.monitor;

import org.jspecify.annotations.NullMarked;
