package dev.sallyport.session.pace;

import module java.base;

/**
 * How long a path may be quiet, and dead without anybody knowing.
 *
 * @param interval the time within which a dead path is noticed, counted from the last word of the peer; positive
 * @param answer   the end of the interval that is kept for questions and their answers, at least; where it is more than half of the interval,
 *                 that half has to do
 */
public record KeepalivePace(Duration interval, Duration answer) {
  /** Kept for questions and answers unless the way is slower: more than a segment lost on a long way takes to be sent again. */
  public static final Duration ANSWER = Duration.ofSeconds(5);

  /** Of a long interval the questions have a twelfth, so that a loss that lasts a little longer does not end a link. */
  private static final int QUESTIONS_PART = 12;

  /** Refuses times that nobody can keep. */
  public KeepalivePace {
    if (!interval.isPositive() || !answer.isPositive()) {
      throw new IllegalArgumentException("a keepalive's times must be positive, not " + interval + " and " + answer);
    }
  }

  /** How long the path may be quiet before the first question. */
  public Duration quiet() {
    return interval.minus(questions());
  }

  /** The end of the interval, which is for questions and their answers. */
  public Duration questions() {
    Duration half = interval.dividedBy(2);
    Duration part = interval.dividedBy(QUESTIONS_PART);
    Duration wanted = part.compareTo(answer) > 0 ? part : answer;
    return wanted.compareTo(half) < 0 ? wanted : half;
  }
}
