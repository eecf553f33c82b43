package dev.sallyport.server.web;

import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says what is wrong with a JSON body: where, not what was in it, for it may hold a password. */
final class JsonProblems {

  private JsonProblems() {
  }

  static Problem of(HttpMessageNotReadableException e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      switch (t) {
        case ProblemException own -> {
          return own.problem();
        }
        case BodyTooLargeException large -> {
          return Problems.bodyTooLarge(large.limit());
        }
        case UnrecognizedPropertyException unknown -> {
          return Problem.invalidField(path(unknown), "There is no such member.", "Leave it out, or correct its name.");
        }
        case InvalidNullException absent -> {
          return Problem.invalidField(path(absent), "The member is missing.", "Add it.");
        }
        case StreamConstraintsException limit -> {
          return malformed("The JSON is nested too deeply, or a name, text or number in it is too long.",
              "Make it smaller.");
        }
        case StreamReadException syntax -> {
          return malformed("The body is not JSON, or has a member twice" + at(syntax) + ".", "Correct the JSON.");
        }
        case DatabindException whole when whole.getPath().isEmpty() -> {
          return malformed("The body is not one JSON object.", "Send one JSON object and nothing after it.");
        }
        case DatabindException kind -> {
          return Problem.invalidField(path(kind), "The value is missing or not of the expected kind.",
              "See the API's description of this member.");
        }
        default -> {
          continue;
        }
      }
    }
    return malformed("The body is missing or cannot be read.", "Send a JSON object.");
  }

  private static Problem malformed(String detail, String fix) {
    return new Problem(400, "malformed-json", Category.USER, detail, "", fix);
  }

  private static String at(StreamReadException e) {
    var place = e.getLocation();
    return place == null ? "" : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
  }

  private static String path(JacksonException e) {
    var path = new StringBuilder();
    for (JacksonException.Reference step : e.getPath()) {
      if (step.getPropertyName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return path.toString();
  }
}
