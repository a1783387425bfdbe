/**
 * Events that were given up on, kept with why that was: with the run that they belong to, or with
 * the plan whose Trigger gave up on them.
 */
@NullMarked
package dev.tiphys.functions.deadletter;

import org.jspecify.annotations.NullMarked;
