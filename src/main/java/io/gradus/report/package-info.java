/** What people read: the run summary, the report and the data dictionary. */
@NullMarked
package io.gradus.report;

import org.jspecify.annotations.NullMarked;
