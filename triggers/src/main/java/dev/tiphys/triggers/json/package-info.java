/** The one JSON mapper of the project. */
@NullMarked
package dev.tiphys.triggers.json;

import org.jspecify.annotations.NullMarked;
