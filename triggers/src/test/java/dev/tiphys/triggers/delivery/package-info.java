@NullMarked
package dev.tiphys.triggers.delivery;

import org.jspecify.annotations.NullMarked;
