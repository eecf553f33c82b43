package dev.sallyport.server.backup;

import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** A row as one line of JSON: {@code ["text",12,null,{"b":"base64"}]}. */
final class RowText {
  /** Longest value; the tables hold none nearly as long. */
  private static final int MAX_VALUE_LENGTH = 64 << 20;
  private static final String BYTES = "b";

  private static final JsonFactory JSON = JsonFactory.builder()
      .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(MAX_VALUE_LENGTH).build()).build();

  private RowText() {
  }

  static String encode(List<? extends @Nullable Object> values) {
    var text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartArray();
      for (Object value : values) {
        switch (value) {
          case null -> json.writeNull();
          case Long number -> json.writeNumber(number.longValue());
          case String string -> json.writeString(string);
          case byte[] bytes -> {
            json.writeStartObject();
            json.writeName(BYTES);
            json.writeBinary(bytes);
            json.writeEndObject();
          }
          default -> throw new IllegalArgumentException("no row holds a " + value.getClass().getSimpleName());
        }
      }
      json.writeEndArray();
    }
    return text.toString();
  }

  /** @throws IOException if it is no row */
  static List<@Nullable Object> decode(String line) throws IOException {
    var values = new ArrayList<@Nullable Object>();
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), line)) {
      require(json.nextToken() == JsonToken.START_ARRAY);
      for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
        values.add(value(json, token));
      }
      require(json.nextToken() == null);
      return values;
    } catch (JacksonException e) {
      throw new IOException("a row cannot be read", e);
    }
  }

  private static @Nullable Object value(JsonParser json, @Nullable JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token == JsonToken.VALUE_NUMBER_INT) {
      return json.getLongValue();
    }
    if (token == JsonToken.VALUE_STRING) {
      return json.getString();
    }
    require(token == JsonToken.START_OBJECT && BYTES.equals(json.nextName())
        && json.nextToken() == JsonToken.VALUE_STRING);
    byte[] bytes = json.getBinaryValue();
    require(json.nextToken() == JsonToken.END_OBJECT);
    return bytes;
  }

  private static void require(boolean right) throws IOException {
    if (!right) {
      throw new IOException("a row cannot be read");
    }
  }
}
