package dev.sallyport.server.directive;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A name for an order, chosen by whoever gives it, so that repeating the order after a cut connection gives no second directive
 * (draft-ietf-httpapi-idempotency-key-header). Keys of different givers have nothing to do with each other.
 */
public sealed interface OrderKey {
  /** Most characters of a key. */
  int MAX_LENGTH = 255;
  /** An order without a name: whenever it is repeated it is a new one. */
  OrderKey NONE = new None();

  /** No name. */
  record None() implements OrderKey {}

  /**
   * A name.
   *
   * @param text 1 to {@value #MAX_LENGTH} printable ASCII characters
   * @param fingerprint of the order, by which another order under the same name is told apart
   */
  record Named(String text, Bytes fingerprint) implements OrderKey {}

  /**
   * Reads the header {@code Idempotency-Key}, with or without the quotes of a structured field's string.
   *
   * @param header {@code ""} if there is none
   * @param body the order it belongs to
   * @throws ProblemException 400 if it is no key
   */
  static OrderKey of(String header, ObjectNode body) {
    if (header.isEmpty()) {
      return NONE;
    }
    boolean quoted = header.length() > 1 && header.startsWith("\"") && header.endsWith("\"");
    String text = quoted ? header.substring(1, header.length() - 1) : header;
    if (text.isEmpty() || text.length() > MAX_LENGTH
        || !text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '\\')) {
      throw new ProblemException(Problem.invalidField("Idempotency-Key", "This is not a key for an order.",
          "Use 1 to " + MAX_LENGTH + " printable ASCII characters without blanks, for example a UUID in quotes."));
    }
    return named(text, Canonical.text(body));
  }

  /** A key for an order of this text, which is the same whenever the order is. */
  static OrderKey named(String key, String order) {
    try {
      return new Named(key,
          Bytes.of(MessageDigest.getInstance("SHA-256").digest(order.getBytes(StandardCharsets.UTF_8))));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** JSON in which the order of members says nothing. */
  final class Canonical {
    private static final JsonMapper SORTED = JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
        .build();

    private Canonical() {
    }

    static String text(ObjectNode body) {
      return SORTED.writeValueAsString(body);
    }
  }
}
