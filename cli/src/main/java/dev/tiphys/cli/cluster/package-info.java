/**
 * The commands that talk to a cluster: they apply and publish what a person would by {@code
 * kubectl} and {@code curl}, and show what the API server tells of runs.
 */
@NullMarked
package dev.tiphys.cli.cluster;

import org.jspecify.annotations.NullMarked;
