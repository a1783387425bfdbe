@NullMarked
package dev.tiphys.images;

import org.jspecify.annotations.NullMarked;
