package dev.sallyport.server.access;

import dev.sallyport.server.audit.AuditEvent.Actor;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Operators as the audit log names them. */
public final class Actors {
  private Actors() {
  }

  /** This operator; with the address of the request that is being answered, if this is one's thread. */
  public static Actor of(Operator operator) {
    return new Actor(operator.name(), operator.account(), operator.credential(), address());
  }

  private static String address() {
    return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes answering
        ? answering.getRequest().getRemoteAddr()
        : "";
  }
}
