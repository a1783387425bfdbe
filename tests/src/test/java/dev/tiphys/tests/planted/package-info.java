/**
 * Faults that are planted in copies of classes, so that a test can say whether it would notice
 * them.
 */
@NullMarked
package dev.tiphys.tests.planted;

import org.jspecify.annotations.NullMarked;
