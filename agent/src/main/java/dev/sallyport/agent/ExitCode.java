package dev.sallyport.agent;

/** How a command ended, in the numbers of sysexits(3). */
public enum ExitCode {
  /** Done. */
  OK(0),
  /** Status only: this machine is enrolled, but its agent does not run; the number is systemctl's. */
  NOT_RUNNING(3),
  /** The command line is wrong. */
  USAGE(64),
  /** The enrolment bundle is damaged or not a bundle. */
  DATA(65),
  /** No server could be reached. */
  UNAVAILABLE(69),
  /** The state directory cannot be written: no room, or a broken disk. */
  CANNOT_STORE(74),
  /** Another agent uses the same state directory. */
  ALREADY_RUNNING(75),
  /** The server refused: token expired, used up or wrong, or the machine is dismissed. */
  REFUSED(77),
  /** The machine is not enrolled, is enrolled elsewhere, or its state is damaged. */
  STATE(78);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
