/** Tests that need several modules at once: end to end, simulated, measured. */
@NullMarked
package dev.tiphys.tests;

import org.jspecify.annotations.NullMarked;
