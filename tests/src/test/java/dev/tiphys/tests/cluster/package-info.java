/**
 * What is claimed for a cluster, shown on the one that {@code KUBECONFIG} names: {@code mvn verify
 * -Pcluster}. The images have to be on its nodes.
 */
@NullMarked
package dev.tiphys.tests.cluster;

import org.jspecify.annotations.NullMarked;
