package dev.tiphys.compiler.taint;

/** What a word of a command line is to the program that gets it. */
enum Role {
  /** A value and no more. */
  DATA,
  /** Text around a value, in a form that some programs take for code. */
  DOUBTFUL,
  /** It decides which program runs. */
  PROGRAM,
  /** It is run. */
  CODE
}
