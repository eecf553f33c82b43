package dev.sallyport.server.web;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.springframework.http.HttpStatus;

/**
 * A {@link Problem} as it is written: the members of RFC 9457, then ours.
 *
 * @param type names the kind of problem, {@code urn:sallyport:problem:CODE}; not an address to fetch
 * @param title the HTTP status in words
 */
record ProblemDocument(String type, String title, int status, String detail, String code, String category,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String field, @JsonInclude(JsonInclude.Include.NON_EMPTY) String fix) {

  static ProblemDocument of(Problem problem) {
    HttpStatus known = HttpStatus.resolve(problem.status());
    String title = known == null ? "Error" : known.getReasonPhrase();
    return new ProblemDocument("urn:sallyport:problem:" + problem.code().toLowerCase(Locale.ROOT), title,
        problem.status(),
        problem.detail(), problem.code(), problem.category().word(), problem.field(), problem.fix());
  }
}
