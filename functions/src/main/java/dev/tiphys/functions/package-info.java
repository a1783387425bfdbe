/**
 * The reactions to events. Each function decides purely, from the plan, the run and its instances
 * as observed, and the event; {@link dev.tiphys.functions.Reactions} carries decisions out.
 */
@NullMarked
package dev.tiphys.functions;

import org.jspecify.annotations.NullMarked;
