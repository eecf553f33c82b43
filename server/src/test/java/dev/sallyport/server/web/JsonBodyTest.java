package dev.sallyport.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sallyport.protocol.ProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonBodyTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', value = {
      "field \"maxUses\": expected a whole number from 1 to 9, found the number 0 | maxUses | This is the number 0. | Give a whole number from 1 to 9.",
      "field \"a.b[2]\": expected a string | a.b[2] | The value does not fit. | Give a string.",
      "field \"action\": missing, expected a string | action | This field is missing. | Add it: a string.",
      "field \"x\": unknown, allowed here: a, b | x | There is no such field here. | Leave it out, or use one of these: a, b.",
      "argv[1]: character 3 is NUL | argv[1] | The value does not fit: character 3 is NUL. | Correct this field.",
      "nothing in particular | '' | This is wrong: nothing in particular. | Correct it."})
  void aRefusalBecomesAProblemThatNamesFieldFaultAndFix(String refusal, String field, String detail, String fix) {
    assertThat(problem("", refusal)).isEqualTo(Problem.invalidField(field, detail, fix));
  }

  @Test
  void aFieldOfAPartIsNamedWithThePart() {
    assertThat(problem("parameters", "command: must not be empty").field()).isEqualTo("parameters.command");
    assertThat(problem("parameters", "field \"parameters.argv[1]\": expected a string").field())
        .isEqualTo("parameters.argv[1]");
    assertThat(problem("parameters", "field \"parameters\": expected an object").field()).isEqualTo("parameters");
    assertThat(problem("parameters", "something else").field()).isEqualTo("parameters");
  }

  @Test
  void whatIsNotRefusedIsPassedOn() {
    assertThat(JsonBody.<String>checked("", () -> "fine")).isEqualTo("fine");
  }

  private static Problem problem(String within, String refusal) {
    return catchThrowableOfType(ProblemException.class, () -> JsonBody.checked(within, () -> {
      throw new ProtocolException(refusal);
    })).problem();
  }
}
