package dev.tiphys.functions.authorize;

/**
 * What a token has to say.
 *
 * @param issuer who issues the cluster's tokens
 * @param audience whom it has to be meant for
 * @param senders the subjects that may call
 */
record Expected(String issuer, String audience, Senders senders) {}
