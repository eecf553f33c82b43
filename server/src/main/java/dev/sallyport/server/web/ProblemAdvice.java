package dev.sallyport.server.web;

import java.util.Set;
import java.util.stream.Collectors;

import dev.sallyport.server.store.StoreUnavailableException;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;

/** Turns whatever a controller throws into problem+json; the one place that knows how each kind of failure reads. */
@RestControllerAdvice
public final class ProblemAdvice {

  private final Incidents incidents;

  public ProblemAdvice(Incidents incidents) {
    this.incidents = incidents;
  }

  @ExceptionHandler
  ResponseEntity<ProblemDocument> thrown(ProblemException e) {
    return e.retryAfter().isZero()
        ? answer(e.problem())
        : answer(e.problem(), HttpHeaders.RETRY_AFTER, Long.toString(e.retryAfter().plusSeconds(1).toSeconds()));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDocument> notStored(StoreUnavailableException e) {
    return answer(Problems.storeUnavailable(e));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDocument> unreadable(HttpMessageNotReadableException e) {
    return answer(JsonProblems.of(e));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDocument> missing(MissingServletRequestParameterException e) {
    return answer(Problem.invalidField(e.getParameterName(), "The parameter '" + e.getParameterName() + "' is missing.",
        "Add it to the query."));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDocument> mismatch(MethodArgumentTypeMismatchException e) {
    if (e.getCause() instanceof ProblemException problem) {
      return answer(problem.problem());
    }
    return answer(Problem.invalidField(e.getName(), "The value of '" + e.getName() + "' is not of the expected kind.",
        "See the API's description of this parameter."));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDocument> nothingThere(NoHandlerFoundException e) {
    return answer(Problems.noRoute());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDocument> method(HttpRequestMethodNotSupportedException e) {
    Set<HttpMethod> supported = e.getSupportedHttpMethods();
    String allowed = supported == null
        ? ""
        : supported.stream().map(HttpMethod::name).sorted().collect(Collectors.joining(", "));
    return answer(
        new Problem(405, "method-not-allowed", Category.USER, "This address does not know " + e.getMethod() + ".", "",
            allowed.isEmpty() ? "" : "Use " + allowed + "."),
        HttpHeaders.ALLOW, allowed);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDocument> acceptable(HttpMediaTypeNotAcceptableException e) {
    return answer(
        new Problem(406, "not-acceptable", Category.USER, "This address does not answer in a form you accept.",
            "Accept", "Accept application/json."));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDocument> contentType(HttpMediaTypeNotSupportedException e) {
    return answer(
        new Problem(415, "unsupported-media-type", Category.USER, "The body is not of a type that is read here.",
            "Content-Type", "Send JSON with Content-Type: application/json."),
        HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE);
  }

  /** The rest: what Spring itself calls the client's fault keeps its status; everything else is an incident. */
  @ExceptionHandler
  @Nullable
  ResponseEntity<ProblemDocument> unforeseen(Exception e, HttpServletResponse response) {
    if (e instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
      return answer(
          new Problem(known.getStatusCode().value(), "bad-request", Category.USER, "The request is not understood.", "",
              "See the API's description."));
    }
    Problem problem = incidents.problem(e);
    return response.isCommitted() ? null : answer(problem);
  }

  private static ResponseEntity<ProblemDocument> answer(Problem problem) {
    return answer(problem, HttpHeaders.CACHE_CONTROL, "no-store");
  }

  private static ResponseEntity<ProblemDocument> answer(Problem problem, String header, String value) {
    var answer = ResponseEntity.status(problem.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
    if (!value.isEmpty()) {
      answer.header(header, value);
    }
    return answer.body(ProblemDocument.of(problem));
  }
}
