@NullMarked
package dev.tiphys.functions.deadletter;

import org.jspecify.annotations.NullMarked;
