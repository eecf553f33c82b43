package dev.sallyport.server.procedure.yaml;

/** A procedure's text is wrong at one place; the message says where, what, and what to write instead. */
public final class SourceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Place place;
  private final String detail;

  public SourceException(Place place, String detail) {
    super(place + ": " + detail);
    this.place = place;
    this.detail = detail;
  }

  /** Where. */
  public Place place() {
    return place;
  }

  /** What is wrong, without the place. */
  public String detail() {
    return detail;
  }
}
