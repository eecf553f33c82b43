package dev.sallyport.gateway.handshake;

import java.util.random.RandomGenerator;

import dev.sallyport.gateway.AgentDirectory;
import dev.sallyport.gateway.TimeSource;
import dev.sallyport.gateway.admission.Admission;
import dev.sallyport.gateway.admission.RefusalLog;
import dev.sallyport.session.handshake.ServerKeys;
import dev.sallyport.session.handshake.SessionTerms;
import dev.sallyport.session.noise.RandomSource;
import dev.sallyport.session.rolling.ServerRoll;

/**
 * What handshakes are made with.
 *
 * @param keys the server's static keys
 * @param directory knows agents and tokens
 * @param admission limits
 * @param refusals hears of every refusal
 * @param time the clocks
 * @param random for key material
 * @param jitter for waits, so that a fleet does not come back in step
 * @param terms of every session
 * @param roll the rules of the rolling secret
 */
public record HandshakeServices(ServerKeys keys, AgentDirectory directory, Admission admission, RefusalLog refusals,
    TimeSource time, RandomSource random, RandomGenerator jitter, SessionTerms terms, ServerRoll roll) {}
