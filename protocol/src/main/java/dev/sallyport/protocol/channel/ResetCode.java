package dev.sallyport.protocol.channel;

/** Why a stream was aborted; the work behind it goes on untouched. */
public enum ResetCode {
  /** The peer has no more use for the stream. */
  CANCELLED(1),

  /** The peer does not take a stream like this. */
  REFUSED(2),

  /** The peer made a mistake of its own. */
  INTERNAL(3),

  /** What the stream was about does not exist any more. */
  GONE(4);

  private final int code;

  ResetCode(int code) {
    this.code = code;
  }

  /** Returns the number on the wire. */
  public int code() {
    return code;
  }

  /** Returns the constant with this number; one that is not known means {@link #INTERNAL}, the stream is dead anyway. */
  public static ResetCode ofCode(int code) {
    return switch (code) {
      case 1 -> CANCELLED;
      case 2 -> REFUSED;
      case 4 -> GONE;
      default -> INTERNAL;
    };
  }
}
