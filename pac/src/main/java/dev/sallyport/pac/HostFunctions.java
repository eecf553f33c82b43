package dev.sallyport.pac;

import java.util.Locale;

/** The functions of proxy scripts that compare names and addresses. */
final class HostFunctions {
  private static final int OCTETS = 4;
  private static final int MAX_OCTET = 255;

  private HostFunctions() {
  }

  static boolean isPlainHostName(String host) {
    return host.indexOf('.') < 0 && host.indexOf(':') < 0;
  }

  static boolean dnsDomainIs(String host, String domain) {
    return host.toLowerCase(Locale.ROOT).endsWith(domain.toLowerCase(Locale.ROOT));
  }

  static boolean localHostOrDomainIs(String host, String full) {
    String name = host.toLowerCase(Locale.ROOT);
    String whole = full.toLowerCase(Locale.ROOT);
    return name.equals(whole) || (isPlainHostName(name) && whole.startsWith(name + "."));
  }

  static int dnsDomainLevels(String host) {
    return (int) host.chars().filter(sign -> sign == '.').count();
  }

  /** Whether an address, as dotted numbers, lies in a network. */
  static boolean isInNet(String address, String network, String mask) {
    long bits = number(mask);
    return number(address) >= 0 && number(network) >= 0 && bits >= 0
        && (number(address) & bits) == (number(network) & bits);
  }

  /** The number that dotted numbers mean, or -1 if they mean none. */
  static long number(String dotted) {
    String[] octets = dotted.split("\\.", -1);
    if (octets.length != OCTETS) {
      return -1;
    }
    long number = 0;
    for (String octet : octets) {
      int value = octet(octet);
      if (value < 0) {
        return -1;
      }
      number = number << Byte.SIZE | value;
    }
    return number;
  }

  private static int octet(String digits) {
    if (digits.isEmpty() || digits.length() > 3 || !digits.chars().allMatch(sign -> sign >= '0' && sign <= '9')) {
      return -1;
    }
    int value = Integer.parseInt(digits);
    return value <= MAX_OCTET ? value : -1;
  }

  /** Whether all of a text fits a pattern with {@code *} for anything and {@code ?} for one character; no pattern takes long. */
  static boolean shExpMatch(String text, String pattern) {
    int at = 0;
    int in = 0;
    int star = -1;
    int starAt = 0;
    while (at < text.length()) {
      if (in < pattern.length() && pattern.charAt(in) == '*') {
        star = in++;
        starAt = at;
      } else if (in < pattern.length() && (pattern.charAt(in) == '?' || pattern.charAt(in) == text.charAt(at))) {
        in++;
        at++;
      } else if (star >= 0) {
        in = star + 1;
        at = ++starAt;
      } else {
        return false;
      }
    }
    while (in < pattern.length() && pattern.charAt(in) == '*') {
      in++;
    }
    return in == pattern.length();
  }
}
