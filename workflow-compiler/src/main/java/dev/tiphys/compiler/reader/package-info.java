/** Binds the YAML tree to the model; everything that has the wrong shape is reported here. */
@NullMarked
package dev.tiphys.compiler.reader;

import org.jspecify.annotations.NullMarked;
