package dev.sallyport.session.noise;

import module java.base;

/** The patterns of the Noise specification (rev. 34 §7.4, §7.5, appendix 18.1), word for word, with psk modifiers. */
final class NoisePatterns {
  private static final Map<String, String[]> BASE = new HashMap<>();

  static {
    one("N", "<- s", "...", "-> e, es");
    one("K", "-> s", "<- s", "...", "-> e, es, ss");
    one("X", "<- s", "...", "-> e, es, s, ss");
    one("NN", "-> e", "<- e, ee");
    one("NK", "<- s", "...", "-> e, es", "<- e, ee");
    one("NX", "-> e", "<- e, ee, s, es");
    one("KN", "-> s", "...", "-> e", "<- e, ee, se");
    one("KK", "-> s", "<- s", "...", "-> e, es, ss", "<- e, ee, se");
    one("KX", "-> s", "...", "-> e", "<- e, ee, se, s, es");
    one("XN", "-> e", "<- e, ee", "-> s, se");
    one("XK", "<- s", "...", "-> e, es", "<- e, ee", "-> s, se");
    one("XX", "-> e", "<- e, ee, s, es", "-> s, se");
    one("IN", "-> e, s", "<- e, ee, se");
    one("IK", "<- s", "...", "-> e, es, s, ss", "<- e, ee, se");
    one("IX", "-> e, s", "<- e, ee, se, s, es");
    one("NK1", "<- s", "...", "-> e", "<- e, ee, es");
    one("NX1", "-> e", "<- e, ee, s", "-> es");
    one("X1N", "-> e", "<- e, ee", "-> s", "<- se");
    one("X1K", "<- s", "...", "-> e, es", "<- e, ee", "-> s", "<- se");
    one("XK1", "<- s", "...", "-> e", "<- e, ee, es", "-> s, se");
    one("X1K1", "<- s", "...", "-> e", "<- e, ee, es", "-> s", "<- se");
    one("X1X", "-> e", "<- e, ee, s, es", "-> s", "<- se");
    one("XX1", "-> e", "<- e, ee, s", "-> es, s, se");
    one("X1X1", "-> e", "<- e, ee, s", "-> es, s", "<- se");
    one("K1N", "-> s", "...", "-> e", "<- e, ee", "-> se");
    one("K1K", "-> s", "<- s", "...", "-> e, es", "<- e, ee", "-> se");
    one("KK1", "-> s", "<- s", "...", "-> e", "<- e, ee, se, es");
    one("K1K1", "-> s", "<- s", "...", "-> e", "<- e, ee, es", "-> se");
    one("K1X", "-> s", "...", "-> e", "<- e, ee, s, es", "-> se");
    one("KX1", "-> s", "...", "-> e", "<- e, ee, se, s", "-> es");
    one("K1X1", "-> s", "...", "-> e", "<- e, ee, s", "-> se, es");
    one("I1N", "-> e, s", "<- e, ee", "-> se");
    one("I1K", "<- s", "...", "-> e, es, s", "<- e, ee", "-> se");
    one("IK1", "<- s", "...", "-> e, s", "<- e, ee, se, es");
    one("I1K1", "<- s", "...", "-> e, s", "<- e, ee, es", "-> se");
    one("I1X", "-> e, s", "<- e, ee, s, es", "-> se");
    one("IX1", "-> e, s", "<- e, ee, se, s", "-> es");
    one("I1X1", "-> e, s", "<- e, ee, s", "-> se, es");
  }

  private NoisePatterns() {
  }

  /** A pattern by its name with at most one modifier {@code pskN} (§9.4). */
  static HandshakePattern named(String name) {
    int modifier = name.indexOf("psk");
    String base = modifier < 0 ? name : name.substring(0, modifier);
    String[] lines = Objects.requireNonNull(BASE.get(base), "unknown pattern " + base).clone();
    if (modifier >= 0) {
      int place = Integer.parseInt(name.substring(modifier + "psk".length()));
      int first = List.of(lines).indexOf("...") + 1;
      int line = first + Math.max(place - 1, 0);
      lines[line] = place == 0 ? lines[line].replace("-> ", "-> psk, ") : lines[line] + ", psk";
    }
    return HandshakePattern.of(name, lines);
  }

  private static void one(String name, String... lines) {
    BASE.put(name, lines);
  }
}
