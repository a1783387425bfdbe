/** A workflow as its author wrote it, with places; what is broken in the file is a hole here. */
@NullMarked
package dev.tiphys.compiler.model;

import org.jspecify.annotations.NullMarked;
