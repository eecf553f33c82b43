package dev.sallyport.server.access.route;

import dev.sallyport.server.access.Gate;
import dev.sallyport.server.access.Open;
import dev.sallyport.server.access.Operator;
import dev.sallyport.server.access.OperatorAuthentication;
import dev.sallyport.server.access.Requires;
import dev.sallyport.server.web.ProblemException;
import dev.sallyport.server.web.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Stands before every controller method and holds its declared permission against the caller. It judges the method that
 * will run, not the path: two readings of one path, the root of most authentication bypasses (T2), cannot differ here,
 * because only one is made.
 */
public final class RouteGuard implements HandlerInterceptor {

  private final Gate gate;

  public RouteGuard(Gate gate) {
    this.gate = gate;
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (!(handler instanceof HandlerMethod method)) {
      throw new ProblemException(Problems.noRoute());
    }
    if (method.getMethodAnnotation(Open.class) != null) {
      return true;
    }
    Requires requires = method.getMethodAnnotation(Requires.class);
    if (requires == null) { // Spring's own answer to OPTIONS, for one; ours do not start without a permission
      throw new ProblemException(Problems.noRoute());
    }
    Operator operator = OperatorAuthentication.ofCaller().operator();
    switch (requires.reach()) {
      case EVERYTHING -> gate.checkEverywhere(operator, requires.value());
      case MACHINES, NO_MACHINE -> gate.check(operator, requires.value());
      case OWN -> {
        return true;
      }
    }
    return true;
  }
}
