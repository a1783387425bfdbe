/** What users get from {@code tiphys compile}, from the workflow's text to the objects' YAML. */
@NullMarked
package dev.tiphys.tests.manifests;

import org.jspecify.annotations.NullMarked;
