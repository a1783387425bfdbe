@NullMarked
package dev.tiphys.cli.sidecar;

import org.jspecify.annotations.NullMarked;
