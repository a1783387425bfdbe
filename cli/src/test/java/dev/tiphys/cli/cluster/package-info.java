/** Tests of the commands that talk to a cluster. */
@NullMarked
package dev.tiphys.cli.cluster;

import org.jspecify.annotations.NullMarked;
