package dev.tiphys.tests.cluster;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/** Tests that need a cluster with Knative: they run with {@code -Pcluster} alone. */
@Tag("cluster")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface ClusterTest {}
