package dev.sallyport.server.action.value;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.EventOperation;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.ActionDescription;
import dev.sallyport.server.action.Parameter;
import org.springframework.stereotype.Component;

/** Gives events of the system's log. */
@Component
final class CollectLogsAction implements Action {
  private static final int MAX_HOURS = 24 * 366;
  private static final int MAX_FILTER = 200;
  private static final int MAX_LISTED = 500;
  private static final Parameter HOURS = new Parameter.Whole("hours", "Of the last so many hours.", false, 1, MAX_HOURS,
      24);
  private static final Parameter SOURCE = new Parameter.Text("source", "Of this unit, program or provider only.", false,
      MAX_FILTER, false);
  private static final Parameter LEVEL = new Parameter.Choice("level", "This grave or graver.", false,
      List.of("debug", "info", "notice", "warning", "err", "crit", "alert", "emerg"));
  private static final Parameter TEXT = new Parameter.Text("text", "That hold this text, in any case.", false,
      MAX_FILTER, false);
  private static final Parameter LIMIT = new Parameter.Whole("limit", "Most events.", false, 1, MAX_LISTED, 100);
  private static final ActionDescription DESCRIPTION = new ActionDescription("collect-logs",
      "Collect events of the log",
      "Gives the newest events of the machine's log, filtered by time, source, gravity and text.",
      ActionClass.READ, List.of(HOURS, SOURCE, LEVEL, TEXT, LIMIT));

  @Override
  public ActionDescription description() {
    return DESCRIPTION;
  }

  @Override
  public void check(JsonObject parameters) {
    var _ = operation(parameters, Instant.EPOCH.plus(Duration.ofHours(MAX_HOURS)));
  }

  @Override
  public JsonObject run(ActionContext context) {
    return Looks.at(context, operation(context.parameters(), context.given()));
  }

  private static EventOperation.Read operation(JsonObject parameters, Instant given) {
    return new EventOperation.Read(
        given.minus(Duration.ofHours(parameters.integer(HOURS.name(), 1, MAX_HOURS))).truncatedTo(ChronoUnit.MILLIS),
        JsonObject.MAX_INSTANT, parameters.string(SOURCE.name(), ""),
        EventOperation.Level.ofWord(parameters.string(LEVEL.name())), parameters.string(TEXT.name(), ""),
        (int) parameters.integer(LIMIT.name(), 1, MAX_LISTED));
  }
}
