package dev.sallyport.cli.file;

import java.util.Set;

/**
 * {@code MACHINE:PATH} as people write it: the path is whole, so the colon stands before its first slash, or before {@code file:}.
 *
 * @param machines a pattern, or one by its id ({@code id:4f2a91c0})
 * @param path on the machine
 */
record Place(String machines, String path) {
  private static final Set<String> BEGINNINGS = Set.of(":/", ":file:");
  private static final String NO_NAME = "file";
  private static final int MAX_NAME_LENGTH = 200;

  static Place of(String text) {
    int colon = BEGINNINGS.stream().mapToInt(text::indexOf).filter(at -> at > 0).min().orElse(0);
    if (colon == 0) {
      throw new IllegalArgumentException(
          "'" + text + "' does not say where the file is: write MACHINE:/WHOLE/PATH, for example web-3:/etc/fstab");
    }
    return new Place(text.substring(0, colon), text.substring(colon + 1));
  }

  /** A name for a file or directory here, whatever somebody called a machine or a file there. */
  static String safeName(String text) {
    var name = new StringBuilder();
    text.codePoints().limit(MAX_NAME_LENGTH).forEach(
        c -> name.appendCodePoint(isSafe(c) ? c : '_'));
    String safe = name.toString().strip();
    return safe.isEmpty() || safe.equals(".") || safe.equals("..") ? NO_NAME : safe;
  }

  private static boolean isSafe(int c) {
    int type = Character.getType(c);
    return c != '/' && c != '\\' && type != Character.CONTROL && type != Character.FORMAT && type != Character.SURROGATE
        && type != Character.LINE_SEPARATOR && type != Character.PARAGRAPH_SEPARATOR;
  }
}
