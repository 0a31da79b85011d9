package dev.nightjar.daemon.web;

/**
 * Who asks.
 *
 * @param byCookie whether a browser showed the cookie of its session, which it does without being
 *     asked; false when a program showed a token
 */
public record Caller(Role role, boolean byCookie) {}
