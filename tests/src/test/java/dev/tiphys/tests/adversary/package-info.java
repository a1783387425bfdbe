/**
 * What somebody can do who holds no key and no right: attacks made from a Plan, and what each may
 * change as seen from outside. Whatever else changes is a breach.
 */
@NullMarked
package dev.tiphys.tests.adversary;

import org.jspecify.annotations.NullMarked;
