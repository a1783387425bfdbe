/**
 * Pictures of a workflow: a pure {@link dev.tiphys.cli.graph.Graph} is made from the Plan, and
 * rendered as Mermaid, DOT or SVG. Only SVG needs a layout, so only it loads Eclipse ELK.
 */
@NullMarked
package dev.tiphys.cli.graph;

import org.jspecify.annotations.NullMarked;
