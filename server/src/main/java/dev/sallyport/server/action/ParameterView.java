package dev.sallyport.server.action;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A parameter as the API describes it; what says nothing about its type is left out.
 *
 * @param choices of a choice
 * @param min of a number
 * @param max of a number
 * @param absent what is taken where nothing is given
 * @param maxLength most characters of a text
 * @param maxItems most texts of a list or an object
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ParameterView(String name, String type, boolean required, String description, @Nullable List<String> choices,
    @Nullable Long min, @Nullable Long max, @Nullable Object absent, @Nullable Integer maxLength,
    @Nullable Integer maxItems) {

  static ParameterView of(Parameter parameter) {
    return switch (parameter) {
      case Parameter.Text text -> bare(text, text.maxLength(), null);
      case Parameter.TextList list -> bare(list, list.maxLength(), list.maxItems());
      case Parameter.TextMap map -> bare(map, map.maxLength(), map.maxItems());
      case Parameter.Word word -> bare(word, word.spelling().maxLength(), null);
      case Parameter.Words words -> bare(words, words.spelling().maxLength(), words.maxItems());
      case Parameter.Secret secret -> bare(secret, secret.maxLength(), null);
      case Parameter.SecretMap map -> bare(map, map.maxLength(), map.maxItems());
      case Parameter.Choice choice -> new ParameterView(choice.name(), choice.type(), choice.required(),
          choice.description(), choice.choices(), null, null,
          choice.required() ? null : choice.choices().getFirst(), null, null);
      case Parameter.Whole whole -> new ParameterView(whole.name(), whole.type(), whole.required(),
          whole.description(), null, whole.min(), whole.max(), whole.required() ? null : whole.absent(), null, null);
      case Parameter.Flag flag -> new ParameterView(flag.name(), flag.type(), false, flag.description(), null, null,
          null, flag.absent(), null, null);
    };
  }

  private static ParameterView bare(Parameter parameter, int maxLength, @Nullable Integer maxItems) {
    return new ParameterView(parameter.name(), parameter.type(), parameter.required(), parameter.description(), null,
        null, null, null, maxLength, maxItems);
  }
}
