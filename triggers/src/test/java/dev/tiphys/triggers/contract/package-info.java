/** What every broker must do, as tests: each implementation runs {@link BrokerContract}. */
@NullMarked
package dev.tiphys.triggers.contract;

import org.jspecify.annotations.NullMarked;
