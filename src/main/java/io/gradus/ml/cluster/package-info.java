/** Customer clusters: scaling, k-means, the search over k, identity over time and profiles. */
@NullMarked
package io.gradus.ml.cluster;

import org.jspecify.annotations.NullMarked;
