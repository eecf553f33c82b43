package dev.sallyport.server.directive.record;

import java.time.Duration;
import java.time.Instant;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.directive.batch.Batch;

/**
 * An operator's order: an action with its parameters. The machines it is for are its runs.
 *
 * @param id UUID version 7, so directives sort by the time they were given
 * @param action the action's name
 * @param parameters the action's parameters, validated and completed with defaults
 * @param creator the account that gave it
 * @param creatorName that account's name at the time
 * @param expires latest start; a machine that was not there until then is never asked
 * @param timeLimit longest time a program of this directive may take, counted by the machine from the program's start
 * @param outputLimit bytes of output kept for each run
 * @param batch how it goes over its machines
 */
public record Directive(String id, String action, JsonObject parameters, Instant created, String creator,
    String creatorName,
    Instant expires, Duration timeLimit, long outputLimit, Batch batch) {
  /** The reason given for runs that were never started. */
  public static final String EXPIRED = "the directive's lifetime ended before the machine could start it";
  /** The reason given for a run whose giver lost the right to it while it waited. */
  public static final String UNWARRANTED = "not started: whoever gave the directive may not do this on this machine any more";
  /** The reason given for a run that was to start now or not at all, and whose machine was away. */
  public static final String AWAY = "the machine was away, and the order was not to wait for it";
}
