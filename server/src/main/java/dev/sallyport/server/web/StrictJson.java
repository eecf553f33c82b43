package dev.sallyport.server.web;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON as the API reads it: nothing unknown, nothing twice, nothing guessed, nothing without a limit. */
public final class StrictJson {

  /** How deep objects and arrays may nest. */
  static final int MAX_DEPTH = 32;
  /** The longest member name, in characters. */
  static final int MAX_NAME_LENGTH = 256;
  /** The longest number, in digits. */
  static final int MAX_NUMBER_LENGTH = 32;

  private StrictJson() {
  }

  /** A mapper for requests and answers; safe for many threads. */
  public static JsonMapper mapper() {
    var limits = StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxNameLength(MAX_NAME_LENGTH)
        .maxNumberLength(MAX_NUMBER_LENGTH).maxStringLength(BodyLimitFilter.MAX_BODY_BYTES)
        .maxDocumentLength(BodyLimitFilter.MAX_BODY_BYTES).build();
    var factory = JsonFactory.builder().streamReadConstraints(limits)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();
    return JsonMapper.builder(factory)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .build();
  }
}
