/**
 * Customer clusters. {@link io.gradus.ml.cluster.CustomerClusters} draws a sample stratified by
 * value, searches the number of clusters on it in memory and gives a {@link
 * io.gradus.ml.cluster.CustomerClustersModel}, which assigns every customer, describes the clusters
 * and notices drift. {@code CustomerClusters.retrain} carries keys and names over to the next
 * model. Nothing here reads or writes tables.
 *
 * <pre>{@code
 * CustomerClustersModel model = new CustomerClusters().fit(customers);
 * Dataset<Row> assigned = model.transform(customers);
 * model.profile(assigned).show();
 * ClusterRetraining next = new CustomerClusters().retrain(model, customersAMonthLater);
 * }</pre>
 */
@NullMarked
package io.gradus.ml.cluster;

import org.jspecify.annotations.NullMarked;
