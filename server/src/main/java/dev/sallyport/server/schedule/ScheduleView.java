package dev.sallyport.server.schedule;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as the API shows it.
 *
 * @param order JSON
 * @param state {@code active}, {@code disabled} or {@code suspended}
 * @param reason why it is suspended; {@code ""} if it is not
 * @param runsAs the name of the account
 * @param next when it is due next, its jitter included; null if it is not
 * @param upcoming its next times without jitter; left out of lists
 * @param history what came of it, newest first; left out of lists
 */
public record ScheduleView(String id, String name, String cron, String timeZone, long jitterSeconds, String missed,
    boolean enabled, @JsonRawValue String order, String state, String reason, String runsAs, Instant created,
    @Nullable Instant next, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Instant> upcoming,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<FiringView> history) {
  /**
   * A line of the history.
   *
   * @param time for which it was
   * @param directive that it gave; null if none
   */
  public record FiringView(Instant time, Instant at, @Nullable String directive, String note) {}

  /** Shows a schedule in a list. */
  static ScheduleView of(Schedule schedule) {
    return of(schedule, null, null);
  }

  /** Shows a schedule with what is to come and what was. */
  static ScheduleView of(Schedule schedule, @Nullable List<Instant> upcoming, @Nullable List<Firing> history) {
    Terms terms = schedule.terms();
    return new ScheduleView(schedule.id(), terms.name(), terms.cron().text(), terms.zone().getId(),
        terms.jitter().toSeconds(), terms.missed().word(), terms.enabled(), terms.order().text(), schedule.state(),
        schedule.suspended(), schedule.accountName(), schedule.created(),
        schedule.next().map(time -> terms.due(schedule.id(), time)).orElse(null), upcoming,
        history == null ? null : history.stream().map(ScheduleView::view).toList());
  }

  private static FiringView view(Firing firing) {
    return new FiringView(firing.time(), firing.at(), firing.directive().isEmpty() ? null : firing.directive(),
        firing.note());
  }
}
