package dev.sallyport.server.procedure.yaml;

/**
 * Where something stands in a procedure's text.
 *
 * @param line from 1
 * @param column from 1, in characters
 */
public record Place(int line, int column) {
  /** The beginning. */
  public static final Place START = new Place(1, 1);

  /** So many characters further on the same line. */
  public Place plus(int characters) {
    return new Place(line, column + characters);
  }

  @Override
  public String toString() {
    return "line " + line + ", column " + column;
  }
}
