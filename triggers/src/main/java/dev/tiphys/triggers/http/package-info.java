/**
 * CloudEvents over HTTP: the ingress through which any broker of this process takes events, and the
 * Subscriber that delivers to an HTTP address.
 */
@NullMarked
package dev.tiphys.triggers.http;

import org.jspecify.annotations.NullMarked;
