package dev.sallyport.server.directive.record;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.directive.life.RunState;

/**
 * One directive on one machine, as stored.
 *
 * @param name the machine's name when the directive was given
 * @param created when the directive was given
 * @param started when the run was first handed to the machine, by this server's clock
 * @param ended when its end was stored, by this server's clock
 * @param exitCode of the last program that ran
 * @param reason why it ended as it did; {@code ""} if there is nothing to say
 * @param outputBytes bytes of output stored
 * @param truncated whether the machine wrote more than was kept
 * @param value what the action found out
 * @param sequence the number of its last change within the directive
 */
public record Run(RunKey key, String name, RunState state, Instant created, Optional<Instant> started,
    Optional<Instant> ended,
    OptionalInt exitCode, String reason, long outputBytes, boolean truncated, JsonObject value, long sequence) {}
