package dev.sallyport.server.review;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.access.Actors;
import dev.sallyport.server.access.OperatorAuthentication;
import dev.sallyport.server.audit.Audit;
import dev.sallyport.server.audit.AuditEvent;
import dev.sallyport.server.audit.AuditEvent.Actor;
import dev.sallyport.server.audit.NotAudited;
import dev.sallyport.server.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records each change that was asked for by HTTP, after it was made and before it is acknowledged. Every route that does not only look is
 * recorded unless it says why not ({@link NotAudited}), so none can be forgotten. What is said is the route, its variables and what came of
 * it, never the body: that may hold passwords.
 */
public final class RouteRecorder {
  private static final String PREFIX = "/api/v1/";
  private static final int FORBIDDEN = 403;
  private static final int SERVER_FAULT = 500;
  /** Methods that only look. */
  private static final List<String> LOOKING = List.of("GET", "HEAD", "OPTIONS");
  private static final List<String> NAMES = List.of("id", "name", "sha256");
  private static final int MAX_VALUE_LENGTH = 255;

  private final Audit audit;
  private final JsonMapper json;

  public RouteRecorder(Audit audit, JsonMapper json) {
    this.audit = audit;
    this.json = json;
  }

  /** The method has answered. */
  void done(HttpServletRequest request, HandlerMethod method, @Nullable Object answer) {
    if (!LOOKING.contains(request.getMethod()) && !method.hasMethodAnnotation(NotAudited.class)) {
      AuditEvent event = event(request, AuditEvent.OK, "");
      audit.record(event.object().isEmpty() ? event.to(named(answer)) : event);
    }
  }

  /** The method has thrown. A refusal is recorded, and what may have been done by half; a request that was wrong is not. */
  void failed(HttpServletRequest request, Exception failure) {
    if (LOOKING.contains(request.getMethod())) {
      return;
    }
    int status = failure instanceof ProblemException refusal ? refusal.problem().status() : SERVER_FAULT;
    String code = failure instanceof ProblemException refusal ? refusal.problem().code() : "";
    if (status == FORBIDDEN) {
      audit.record(event(request, AuditEvent.REFUSED, code));
    } else if (status >= SERVER_FAULT) {
      audit.record(event(request, AuditEvent.FAILED, code));
    }
  }

  private static AuditEvent event(HttpServletRequest request, String result, String code) {
    String pattern = String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
    Map<String, String> variables = variables(request);
    var details = JsonObject.builder();
    variables.entrySet().stream().skip(1)
        .filter(variable -> !variable.getKey().equals("machine"))
        .forEach(variable -> details.put(variable.getKey(), cut(variable.getValue())));
    if (!code.isEmpty()) {
      details.put("problem", code);
    }
    String object = variables.values().stream().findFirst().orElse("");
    boolean machine = pattern.startsWith(PREFIX + "machines/");
    return AuditEvent.of(type(request.getMethod(), pattern)).by(actor(request)).result(result)
        .to(machine ? "" : cut(object)).on(machine ? cut(object) : variables.getOrDefault("machine", ""))
        .details(details.build());
  }

  private static Actor actor(HttpServletRequest request) {
    return OperatorAuthentication.current().map(who -> Actors.of(who.operator()))
        .orElseGet(() -> Actor.at(request.getRemoteAddr()));
  }

  /** {@code POST /api/v1/machines/{id}/approve} is {@code machines.approve}, {@code DELETE /api/v1/files/{id}} is {@code files.delete}. */
  static String type(String method, String pattern) {
    String path = pattern.startsWith(PREFIX) ? pattern.substring(PREFIX.length()) : pattern;
    String words = Arrays.stream(path.split("/")).filter(word -> !word.isEmpty() && !word.startsWith("{"))
        .collect(Collectors.joining("."));
    boolean says = method.equals("POST") && path.contains("{") && !path.endsWith("}");
    return says ? words : words + "." + switch (method) {
      case "POST" -> "create";
      case "PUT" -> "put";
      case "PATCH" -> "change";
      case "DELETE" -> "delete";
      default -> "other";
    };
  }

  private static Map<String, String> variables(HttpServletRequest request) {
    Object known = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
    return known instanceof Map<?, ?> map
        ? map.entrySet().stream().collect(Collectors.toMap(each -> String.valueOf(each.getKey()),
            each -> String.valueOf(each.getValue()), (one, _) -> one, LinkedHashMap::new))
        : Map.of();
  }

  /** What was made names itself in the answer. */
  private String named(@Nullable Object answer) {
    Object body = answer instanceof ResponseEntity<?> entity ? entity.getBody() : answer;
    if (body == null) {
      return "";
    }
    JsonNode tree = json.valueToTree(body);
    return NAMES.stream().map(name -> tree.path(name).asString("")).filter(name -> !name.isEmpty()).findFirst()
        .orElse("");
  }

  private static String cut(String value) {
    return value.length() <= MAX_VALUE_LENGTH ? value : value.substring(0, MAX_VALUE_LENGTH);
  }
}
