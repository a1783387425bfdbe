/**
 * Who may call the functions: tokens of service accounts, as a Knative Trigger sends them. What is
 * decided here is pure; where keys and accounts come from is behind ports.
 */
@NullMarked
package dev.tiphys.functions.authorize;

import org.jspecify.annotations.NullMarked;
