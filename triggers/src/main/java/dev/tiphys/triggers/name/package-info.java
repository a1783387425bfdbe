/** Names that objects on a cluster may have, made of names that they may not have. */
@NullMarked
package dev.tiphys.triggers.name;

import org.jspecify.annotations.NullMarked;
