package dev.sallyport.session.noise;

import module java.base;

/**
 * Who sends which {@link Token} when, as the Noise specification writes it (rev. 34 §7).
 *
 * @param name the pattern with its modifiers, exactly as it enters the hashed protocol name, such as {@code IKpsk2}
 * @param initiatorKnown keys of the initiator that the responder has beforehand ({@code -> s} before the dots)
 * @param responderKnown keys of the responder that the initiator has beforehand ({@code <- s} before the dots)
 * @param messages the tokens of each message in order; the initiator writes the even ones
 * @param oneWay only the initiator ever sends (patterns N, K and X)
 */
public record HandshakePattern(String name, List<Token> initiatorKnown, List<Token> responderKnown,
    List<List<Token>> messages, boolean oneWay) {

  public HandshakePattern {
    initiatorKnown = List.copyOf(initiatorKnown);
    responderKnown = List.copyOf(responderKnown);
    List<List<Token>> copies = new ArrayList<>();
    for (List<Token> message : messages) {
      copies.add(List.copyOf(message));
    }
    messages = List.copyOf(copies);
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("pattern " + name + " has no message");
    }
  }

  /**
   * Reads lines such as {@code "<- s", "...", "-> e, es, s, ss", "<- e, ee, se, psk"}. The dots may be left out when
   * nothing is known beforehand.
   *
   * @throws IllegalArgumentException for an unknown token or messages that do not alternate
   */
  public static HandshakePattern of(String name, String... lines) {
    List<String> all = List.of(lines);
    int dots = all.indexOf("...");
    List<Token> initiatorKnown = new ArrayList<>();
    List<Token> responderKnown = new ArrayList<>();
    for (String line : all.subList(0, Math.max(dots, 0))) {
      (fromInitiator(line) ? initiatorKnown : responderKnown).addAll(tokens(line));
    }
    List<List<Token>> messages = new ArrayList<>();
    for (String line : all.subList(dots + 1, all.size())) {
      if (fromInitiator(line) != (messages.size() % 2 == 0)) {
        throw new IllegalArgumentException("messages of " + name + " must alternate, beginning with ->");
      }
      messages.add(tokens(line));
    }
    return new HandshakePattern(name, initiatorKnown, responderKnown, messages, messages.size() == 1);
  }

  /** Whether a pre-shared key is mixed in, which makes every ephemeral key enter the chaining key too (§9.2). */
  public boolean usesPsk() {
    return uses(Token.PSK);
  }

  /** Whether a token occurs in any message. */
  boolean uses(Token token) {
    for (List<Token> message : messages) {
      if (message.contains(token)) {
        return true;
      }
    }
    return false;
  }

  private static boolean fromInitiator(String line) {
    if (line.startsWith("->")) {
      return true;
    }
    if (line.startsWith("<-")) {
      return false;
    }
    throw new IllegalArgumentException("a pattern line begins with -> or <-, not: " + line);
  }

  private static List<Token> tokens(String line) {
    List<Token> tokens = new ArrayList<>();
    for (String word : line.substring(2).split(",", -1)) {
      tokens.add(Token.valueOf(word.strip().toUpperCase(Locale.ROOT)));
    }
    return tokens;
  }
}
