package dev.tiphys.compiler.taint;

/** What a word of a command line is to the program that gets it. */
enum Role {
  /** A value and no more. */
  DATA,
  /** Text around a value, or what may become an option: some programs take it for code. */
  LOOSE,
  /** The program's name, or an option before it, lets expect that it is run, or is a right. */
  DOUBTFUL,
  /** It decides which program runs. */
  PROGRAM,
  /** It is run. */
  CODE
}
