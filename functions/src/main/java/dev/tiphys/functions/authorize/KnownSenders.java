package dev.tiphys.functions.authorize;

import java.util.Set;
import java.util.function.Supplier;

/** Senders of one namespace, of which more may come at any time. */
public final class KnownSenders implements Senders {
  private final String prefix;
  private final Supplier<Set<String>> accounts;
  private Set<String> known = Set.of();

  /**
   * @param namespace whose accounts they are; a subject of another is refused without a look
   * @param accounts reads their names; asked for each genuine token of a subject of the namespace
   *     that is not known to be one of them
   */
  public KnownSenders(String namespace, Supplier<Set<String>> accounts) {
    this.prefix = "system:serviceaccount:" + namespace + ":";
    this.accounts = accounts;
  }

  @Override
  public synchronized boolean include(String subject) {
    if (!subject.startsWith(prefix)) {
      return false;
    }
    String account = subject.substring(prefix.length());
    if (!known.contains(account)) {
      known = Set.copyOf(accounts.get());
    }
    return known.contains(account);
  }
}
