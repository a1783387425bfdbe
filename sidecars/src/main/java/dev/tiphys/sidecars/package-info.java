/** The standard sidecars of a task instance: what starts them, and what they see of their task. */
@NullMarked
package dev.tiphys.sidecars;

import org.jspecify.annotations.NullMarked;
