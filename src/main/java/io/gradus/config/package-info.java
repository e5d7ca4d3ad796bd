/** Settings as records: YAML in, validated values out. Errors carry the path of the key. */
@NullMarked
package io.gradus.config;

import org.jspecify.annotations.NullMarked;
