/** Tests of the embedded broker, the contract among them. */
@NullMarked
package dev.tiphys.triggers.embedded;

import org.jspecify.annotations.NullMarked;
