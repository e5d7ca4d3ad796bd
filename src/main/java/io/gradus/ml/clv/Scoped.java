package io.gradus.ml.clv;

import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that differs by scope.
 *
 * @param <T> what differs
 * @param all for customers of no scope or of one without its own
 * @param scopes by the value of the scope column
 */
record Scoped<T extends Serializable>(T all, Map<String, T> scopes) implements Serializable {
  T of(@Nullable String scope) {
    T own = scope == null ? null : scopes.get(scope);
    return own == null ? all : own;
  }
}
