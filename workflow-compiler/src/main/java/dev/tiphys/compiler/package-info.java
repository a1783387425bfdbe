/**
 * From workflow YAML to a Plan: source, reader, model, check, plan, in that order and one way only.
 */
@NullMarked
package dev.tiphys.compiler;

import org.jspecify.annotations.NullMarked;
