package dev.tiphys.tests.bench;

import dev.tiphys.compiler.Compiler;
import dev.tiphys.compiler.diagnostic.Compiled;
import dev.tiphys.triggers.plan.Plan;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From the text of a workflow file to its Plan, all checks included. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class CompileBenchmark {
  /** Task templates in the file. */
  @Param({"100", "1000"})
  public int templates;

  private String yaml = "";

  /** Makes sure that what is measured is no refusal. */
  @Setup
  public void generate() {
    yaml = GeneratedWorkflow.chain(templates);
    GeneratedWorkflow.plan(yaml);
  }

  @Benchmark
  public Compiled<Plan> compile() {
    return Compiler.compile("benchmark.yaml", yaml);
  }
}
