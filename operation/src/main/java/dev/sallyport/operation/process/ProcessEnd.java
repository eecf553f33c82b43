package dev.sallyport.operation.process;

/** How a program ended. Exit codes are the program's own, or 128 + n when signal n ended it, as shells say it. */
sealed interface ProcessEnd {
  /** Came to its end by itself; {@code outputCut} when a process it left behind still held its output open. */
  record Exited(int code, boolean outputCut) implements ProcessEnd {}

  /** Never ran; the reason says why and what to do. */
  record NotStarted(String reason) implements ProcessEnd {}

  /** Ran longer than its limit and was ended with {@code processes} processes. */
  record TimedOut(int code, int processes) implements ProcessEnd {}

  /** Was ended because somebody cancelled it. */
  record Cancelled(int code, int processes) implements ProcessEnd {}
}
