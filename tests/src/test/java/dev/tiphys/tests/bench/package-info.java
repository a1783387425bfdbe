/**
 * Benchmarks, run by JMH in JVMs of their own: what a change costs, beside something measured in
 * the same run, since figures of different machines and days do not compare.
 */
@NullMarked
package dev.tiphys.tests.bench;

import org.jspecify.annotations.NullMarked;
