package dev.sallyport.transport.proxy.login;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One way to log in that a proxy offers (RFC 9110 section 11.3).
 *
 * @param scheme in lower case: {@code basic}, {@code digest} …
 * @param data what some schemes send instead of parameters (RFC 9110 section 11.2, token68), or empty
 * @param parameters by lower-case name
 */
public record Challenge(String scheme, String data, Map<String, String> parameters) {
  /** Most challenges and most parameters that are read; a head is bounded anyway. */
  private static final int MAX = 32;

  /** A parameter, or the empty text. */
  public String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }

  /** Reads the values of all {@code Proxy-Authenticate} headers, joined by commas; what cannot be understood ends the list. */
  public static List<Challenge> parse(String header) {
    var challenges = new ArrayList<Challenge>();
    var text = new Reader(header);
    Map<String, String> parameters = new LinkedHashMap<>();
    while (challenges.size() < MAX && text.skipSeparators()) {
      String word = text.token().toLowerCase(Locale.ROOT);
      if (word.isEmpty()) {
        break;
      }
      if (text.takeEquals()) {
        if (challenges.isEmpty() || parameters.size() == MAX) {
          break;
        }
        parameters.put(word, text.value());
      } else {
        parameters = new LinkedHashMap<>();
        challenges.add(new Challenge(word, text.data(), parameters));
      }
    }
    return challenges;
  }

  /** The characters of a header, from left to right. */
  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    /** Whether anything is left after blanks and commas. */
    boolean skipSeparators() {
      while (at < text.length() && " \t,".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      return at < text.length();
    }

    String token() {
      int start = at;
      while (at < text.length() && " \t,=\"".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return text.substring(start, at);
    }

    boolean takeEquals() {
      int next = at;
      while (next < text.length() && text.charAt(next) == ' ') {
        next++;
      }
      boolean equals = next < text.length() && text.charAt(next) == '=';
      if (equals) {
        at = next + 1;
      }
      return equals;
    }

    /** Base 64 that fills the place up to the next comma; empty if something else stands there. */
    String data() {
      int start = at;
      while (start < text.length() && text.charAt(start) == ' ') {
        start++;
      }
      int end = start;
      while (end < text.length() && isData(text.charAt(end))) {
        end++;
      }
      while (end < text.length() && text.charAt(end) == '=') {
        end++;
      }
      int next = end;
      while (next < text.length() && " \t".indexOf(text.charAt(next)) >= 0) {
        next++;
      }
      if (end == start || (next < text.length() && text.charAt(next) != ',')) {
        return "";
      }
      at = next;
      return text.substring(start, end);
    }

    private static boolean isData(char sign) {
      return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') || (sign >= '0' && sign <= '9')
          || "-._~+/".indexOf(sign) >= 0;
    }

    String value() {
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
      if (at == text.length() || text.charAt(at) != '"') {
        return token();
      }
      var value = new StringBuilder();
      for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
        if (text.charAt(at) == '\\' && at + 1 < text.length()) {
          at++;
        }
        value.append(text.charAt(at));
      }
      at++;
      return value.toString();
    }
  }
}
