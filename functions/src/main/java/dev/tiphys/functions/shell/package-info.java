/**
 * The functions as a program: beans in Spring Cloud Function's catalog, HTTP in front of them, and
 * settings from the environment. Nothing is decided here.
 */
@NullMarked
package dev.tiphys.functions.shell;

import org.jspecify.annotations.NullMarked;
