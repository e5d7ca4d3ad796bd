/**
 * From source rows to accepted transactions: column mapping, rules, one disposition per row,
 * reconciliation and purchase days.
 */
@NullMarked
package io.gradus.ingest;

import org.jspecify.annotations.NullMarked;
