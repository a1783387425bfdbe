/** Every example as a user runs it: real processes, the real broker, real HTTP. */
@NullMarked
package dev.tiphys.tests.run;

import org.jspecify.annotations.NullMarked;
