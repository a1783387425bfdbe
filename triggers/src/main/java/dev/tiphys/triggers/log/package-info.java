/** What the project's programs write about themselves, for people and for machines that collect. */
@NullMarked
package dev.tiphys.triggers.log;

import org.jspecify.annotations.NullMarked;
