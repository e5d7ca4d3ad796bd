/**
 * The query pack: ready questions to the published tables as SQL files, and the splitting of typed
 * text into statements. Runs nothing itself.
 */
@NullMarked
package io.gradus.sql;

import org.jspecify.annotations.NullMarked;
