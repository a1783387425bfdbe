/** Tests of the Knative back end. */
@NullMarked
package dev.tiphys.knative;

import org.jspecify.annotations.NullMarked;
