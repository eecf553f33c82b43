package dev.sallyport.agent.log;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.sallyport.protocol.PlainText;

/**
 * Writes lines {@code 2026-11-22T00:10:00Z what happened}. Every line is plain text of bounded length, whatever a server or the
 * operating system put into it.
 *
 * <p>What may happen again and again, such as a server that cannot be reached, goes through {@link #repeated}: after a few lines the
 * silence between two doubles from a minute to a day, so that a week of trouble costs some twenty lines and no memory.
 */
public final class Log {
  /** Most characters of a line. */
  public static final int MAX_LINE_LENGTH = 500;

  private static final Duration FIRST_SILENCE = Duration.ofMinutes(1);
  private static final Duration LONGEST_SILENCE = Duration.ofDays(1);
  private static final int MAX_DOUBLINGS = 20;

  /** Subjects remembered at once; the one that has been quiet longest is forgotten. */
  private static final int MAX_SUBJECTS = 32;

  /** Lines told before the first silence. */
  private static final int FREE_LINES = 5;

  private final PrintStream out;
  private final InstantSource clock;
  private final Map<String, Spell> spells = new LinkedHashMap<>();

  /**
   * @param told lines told in this spell
   * @param lastTold when the last of them was
   * @param lastLine what it said
   * @param lastHeard when it last happened
   * @param swallowed how many times it happened since it was last told
   */
  private record Spell(int told, Instant lastTold, String lastLine, Instant lastHeard, long swallowed) {
    /** @param free lines that may follow each other at once */
    Duration silence(int free) {
      if (told < free) {
        return Duration.ZERO;
      }
      Duration doubled = FIRST_SILENCE.multipliedBy(1L << Math.min(told - free, MAX_DOUBLINGS));
      return doubled.compareTo(LONGEST_SILENCE) > 0 ? LONGEST_SILENCE : doubled;
    }

    /** A clock that was set back, by more than clocks are corrected by all the time, ends the silence too. */
    boolean silentAt(Instant now, int free) {
      return now.isBefore(lastTold.plus(silence(free))) && !now.isBefore(lastTold.minus(FIRST_SILENCE));
    }

    /** It has not happened for so long that the next time is a first time again. */
    boolean overAt(Instant now, int free) {
      Duration silence = silence(free);
      return now.isAfter(lastHeard.plus(silence.isZero() ? FIRST_SILENCE : silence).plus(FIRST_SILENCE));
    }
  }

  public Log(PrintStream out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
  }

  /** Tells what happens rarely. */
  public synchronized void event(String line) {
    out.println(clock.instant().truncatedTo(ChronoUnit.SECONDS) + " " + PlainText.clean(line, MAX_LINE_LENGTH));
    out.flush();
  }

  /**
   * Tells what may happen often: at first, and then ever more rarely, with the number of times it was not told.
   *
   * @param subject what lines have in common that are one and the same thing; a word of ours
   */
  public synchronized void repeated(String subject, String line) {
    repeated(subject, line, FREE_LINES);
  }

  /**
   * Tells of a trouble that lasts: as {@link #repeated}, but what was said last is not said again at once. One line is enough to know
   * that a server cannot be reached.
   *
   * @param subject what lines have in common that are one and the same trouble; a word of ours
   */
  public synchronized void trouble(String subject, String line) {
    Spell before = spells.get(subject);
    repeated(subject, line, before != null && before.lastLine().equals(line) ? 1 : FREE_LINES);
  }

  private void repeated(String subject, String line, int free) {
    Instant now = clock.instant();
    Spell before = spells.remove(subject);
    Spell spell = before == null || before.overAt(now, free) ? new Spell(0, now, "", now, 0) : before;
    if (spell.silentAt(now, free)) {
      spells.put(subject, new Spell(spell.told(), spell.lastTold(), spell.lastLine(), now, spell.swallowed() + 1));
      return;
    }
    spells.put(subject, new Spell(spell.told() + 1, now, line, now, 0));
    if (spells.size() > MAX_SUBJECTS) {
      spells.remove(spells.keySet().iterator().next());
    }
    event(spell.swallowed() == 0 ? line : line + " (happened " + spell.swallowed() + " more times)");
  }
}
