/**
 * Coverage-guided fuzzing by Jazzer, in a JVM per target: each target has an oracle beside "it does
 * not crash". What was found once is kept as a file, and replayed by every build.
 */
@NullMarked
package dev.tiphys.tests.fuzz;

import org.jspecify.annotations.NullMarked;
