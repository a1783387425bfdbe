/**
 * The local run: the workflow's Triggers on an embedded broker, the functions behind them, and
 * tasks as processes. {@link dev.tiphys.cli.run.LocalRun} wires it, {@link
 * dev.tiphys.cli.run.RunCommand} is its command line.
 */
@NullMarked
package dev.tiphys.cli.run;

import org.jspecify.annotations.NullMarked;
