/**
 * Changes of watched Kubernetes objects as events, whoever shows the objects: an API server or a
 * folder.
 */
@NullMarked
package dev.tiphys.sidecars.objects;

import org.jspecify.annotations.NullMarked;
