package dev.sallyport.gateway;

import java.net.InetAddress;
import java.time.Instant;

/**
 * Attempts to become a link that failed (B.10). Above ten a minute from one source, one value stands for many: then {@code
 * count} says for how many, and the rest tells of the last of them.
 *
 * @param reason why
 * @param remote where it came from
 * @param transport the binding's word, {@code websocket}
 * @param subject the first 8 bytes of the static key's SHA-256 as {@code key:<hex>}, or of the token's id as {@code
 *        token:<hex>}; empty if it did not get so far
 * @param attempt of the HELLO, or 0
 * @param count how many attempts, from 1
 * @param at when the last of them was refused
 */
public record RefusedAttempt(RefusalReason reason, InetAddress remote, String transport, String subject, long attempt,
    long count, Instant at) {}
