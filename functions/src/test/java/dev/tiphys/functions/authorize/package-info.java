@NullMarked
package dev.tiphys.functions.authorize;

import org.jspecify.annotations.NullMarked;
