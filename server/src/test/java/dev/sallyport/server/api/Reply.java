package dev.sallyport.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import dev.sallyport.server.app.RawClient.Answer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An answer, and what tests want to know of it. */
record Reply(Answer answer) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  int status() {
    return answer.status();
  }

  String body() {
    return answer.body();
  }

  String header(String name) {
    return answer.header(name).orElse("");
  }

  JsonNode json() {
    return json(answer.body());
  }

  static JsonNode json(String text) {
    return JSON.readTree(text);
  }

  /** The body of an answer that is said to be good. */
  JsonNode good(int status) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    return json();
  }

  /** Says that it is a refusal in the one form all have, with this stable code. */
  Reply refused(int status, String code) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(header("content-type")).isEqualTo("application/problem+json");
    assertThat(header("cache-control")).contains("no-store");
    JsonNode problem = json();
    assertThat(problem.get("status").intValue()).isEqualTo(status);
    assertThat(problem.get("code").stringValue()).as(answer.body()).isEqualTo(code);
    assertThat(problem.get("type").stringValue()).isEqualTo("urn:sallyport:problem:" + code);
    assertThat(problem.get("detail").stringValue()).isNotBlank();
    assertThat(problem.get("category").stringValue()).isIn(List.of("user", "agent", "transport", "internal"));
    assertThat(answer.body()).as("no insides are shown").doesNotContain("Exception", "dev.sallyport", "at java.");
    return this;
  }

  /** Says that one field is at fault, and that the caller is told what to do. */
  Reply refusedField(String field) {
    refused(400, "invalid-field");
    assertThat(json().path("field").stringValue("")).as(answer.body()).isEqualTo(field);
    assertThat(json().path("fix").stringValue("")).as(answer.body()).isNotBlank();
    return this;
  }
}
