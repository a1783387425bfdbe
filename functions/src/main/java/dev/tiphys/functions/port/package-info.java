/** What the functions need of a cluster: where runs and instances are kept, and who may speak. */
@NullMarked
package dev.tiphys.functions.port;

import org.jspecify.annotations.NullMarked;
