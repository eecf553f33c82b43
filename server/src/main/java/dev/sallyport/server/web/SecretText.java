package dev.sallyport.server.web;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.deser.std.StdDeserializer;

/** A password or token from a request's body: bytes that are wiped after use and never shown. */
@JsonDeserialize(using = SecretText.Reader.class)
public final class SecretText implements AutoCloseable {

  private final byte[] utf8;

  private SecretText(byte[] utf8) {
    this.utf8 = utf8;
  }

  /** Copies the characters, in Unicode's composed form, so that a password typed on another keyboard is the same. */
  public static SecretText of(CharSequence text) {
    CharSequence composed = Normalizer.isNormalized(text, Normalizer.Form.NFC)
        ? text
        : Normalizer.normalize(text, Normalizer.Form.NFC);
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(composed));
    byte[] utf8 = new byte[encoded.remaining()];
    encoded.get(utf8);
    encoded.rewind();
    while (encoded.hasRemaining()) {
      encoded.put((byte) 0);
    }
    return new SecretText(utf8);
  }

  /** The secret itself, not a copy: zeros after {@link #close}. */
  public byte[] utf8() {
    return utf8;
  }

  @Override
  public void close() {
    Arrays.fill(utf8, (byte) 0);
  }

  @Override
  public String toString() {
    return "(secret)";
  }

  /** Takes the characters straight from the parser's buffer, so that no string of them is made. */
  static final class Reader extends StdDeserializer<SecretText> {

    Reader() {
      super(SecretText.class);
    }

    @Override
    public SecretText deserialize(JsonParser parser, DeserializationContext context) {
      if (!parser.hasToken(JsonToken.VALUE_STRING)) {
        return (SecretText) context.handleUnexpectedToken(getValueType(context), parser);
      }
      return of(CharBuffer.wrap(parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength()));
    }
  }
}
