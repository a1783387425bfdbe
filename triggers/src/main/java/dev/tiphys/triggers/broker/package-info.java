/** The Broker port: Triggers, their filters and delivery, and the Subscribers behind them. */
@NullMarked
package dev.tiphys.triggers.broker;

import org.jspecify.annotations.NullMarked;
