/**
 * Makes the two images of the project: a Java runtime with what the programs need of it, their
 * jars, and an AOT cache that was trained with exactly these, so that a program starts fast.
 */
@NullMarked
package dev.tiphys.images;

import org.jspecify.annotations.NullMarked;
