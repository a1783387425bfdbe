/** Tests of CloudEvents over HTTP. */
@NullMarked
package dev.tiphys.triggers.http;

import org.jspecify.annotations.NullMarked;
