/** Whose values come where: sources, the ways between them, and the sinks that they reach. */
@NullMarked
package dev.tiphys.compiler.taint;

import org.jspecify.annotations.NullMarked;
