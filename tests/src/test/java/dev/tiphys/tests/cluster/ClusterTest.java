package dev.tiphys.tests.cluster;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/** Tests that need a cluster with Knative: they run with {@code -Pcluster} alone, and end. */
@Tag("cluster")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface ClusterTest {}
