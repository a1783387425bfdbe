@NullMarked
package dev.tiphys.sidecars.carrier;

import org.jspecify.annotations.NullMarked;
