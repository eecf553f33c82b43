package dev.sallyport.server.action;

import java.util.regex.Pattern;

/**
 * How the names of one kind of thing are spelled. No spelling lets a name begin with a dash, or holds a blank, a quote, a wildcard or any other
 * character that a program or a shell could take for more than a part of a name.
 *
 * @param meaning for people: what is expected
 * @param maxLength most characters
 */
public record Spelling(String meaning, Pattern pattern, int maxLength) {
  /**
   * Of a package, in Debian, Fedora and SUSE. It does not end in a dash: to apt that would mean to remove the package; nor has it {@code =},
   * {@code /}, {@code ^} or {@code *}, which would mean other packages.
   */
  public static final Spelling PACKAGE = new Spelling(
      "the name of a package: letters, digits and . + - _, beginning with a letter or digit and not ending in a dash",
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.+_-]*[A-Za-z0-9+_])?"), 200);

  /** Of a version of a package. */
  public static final Spelling VERSION = new Spelling(
      "a version: letters, digits and . + - _ ~ :, beginning with a letter or digit",
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9.+~:_-]*"), 200);

  /** Of a unit of systemd, with or without its ending. */
  public static final Spelling SERVICE = new Spelling(
      "the name of a service: letters, digits and . : _ @ \\ -, not beginning with a dash",
      Pattern.compile("[A-Za-z0-9_:.\\\\@][A-Za-z0-9_:.\\\\@-]*"), 256);

  /** Of a user or a group, as useradd makes them. */
  public static final Spelling ACCOUNT = new Spelling(
      "the name of an account: small letters, digits, _ and -, beginning with a letter or _",
      Pattern.compile("[a-z_][a-z0-9_-]*"), 32);

  /** Of a process's start, as its list tells it. */
  public static final Spelling PROCESS_START = new Spelling("the start of a process, as list-processes tells it",
      Pattern.compile("[A-Za-z0-9_.:/-]+"), 128);

  /** Of a procedure. */
  public static final Spelling PROCEDURE = new Spelling("the name of a procedure: lower-case words joined by dashes",
      Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*"), 64);

  /** Whether this is spelled so. */
  public boolean fits(String text) {
    return text.length() <= maxLength && pattern.matcher(text).matches();
  }
}
