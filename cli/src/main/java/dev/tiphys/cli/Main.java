package dev.tiphys.cli;

/** The entry point of {@code tiphys}. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(TiphysCommand.commandLine(System.getenv()).execute(args));
  }
}
