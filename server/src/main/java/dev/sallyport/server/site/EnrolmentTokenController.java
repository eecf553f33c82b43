package dev.sallyport.server.site;

import java.time.Instant;

import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.access.Operator;
import dev.sallyport.server.access.Requires;
import dev.sallyport.server.web.JsonBody;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/v1/enrolment-tokens}: lets machines in. */
@RestController
public final class EnrolmentTokenController {
  /** The word is Base64url, so no shell finds anything in it. */
  private static final String LINE = "sallyport-agent enrol ";

  private final EnrolmentTokens tokens;

  public EnrolmentTokenController(EnrolmentTokens tokens) {
    this.tokens = tokens;
  }

  /**
   * The only time the bundle is shown.
   *
   * @param line to paste into a shell of the machine, as its administrator
   * @param bundle the word in that line
   */
  record Issued(String id, String line, String bundle, Instant expires) {
    /** The bundle holds a secret. */
    @Override
    public String toString() {
      return "Issued[" + id + "]";
    }
  }

  @Requires(ActionClass.POLICY)
  @PostMapping("/api/v1/enrolment-tokens")
  @ResponseStatus(HttpStatus.CREATED)
  Issued issue(@RequestBody ObjectNode body, Operator operator) {
    EnrolmentTokens.Issued issued = JsonBody.read(body,
        json -> tokens.issue(TokenTerms.fromJson(json), operator.name()));
    String bundle = issued.bundle().text();
    return new Issued(issued.id(), LINE + bundle, bundle, issued.expires());
  }
}
