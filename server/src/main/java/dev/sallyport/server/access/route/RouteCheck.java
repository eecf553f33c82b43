package dev.sallyport.server.access.route;

import java.util.List;

import dev.sallyport.server.access.Open;
import dev.sallyport.server.access.Requires;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Keeps the server from starting while any route lacks a declared permission, or could be reached past the guard. */
public final class RouteCheck implements SmartInitializingSingleton {

  private final List<HandlerMapping> mappings;

  /** @param mappings all there are */
  public RouteCheck(List<HandlerMapping> mappings) {
    this.mappings = List.copyOf(mappings);
  }

  @Override
  public void afterSingletonsInstantiated() {
    for (HandlerMapping mapping : mappings) {
      if (!(mapping instanceof RequestMappingHandlerMapping routes)) {
        throw new IllegalStateException("routes outside the controllers: " + mapping);
      }
      if (routes.getAdaptedInterceptors() == null || routes.getAdaptedInterceptors().length == 0
          || !(routes.getAdaptedInterceptors()[0] instanceof RouteGuard)) {
        throw new IllegalStateException("routes without a guard: " + mapping);
      }
      routes.getHandlerMethods().forEach((route, method) -> check(route.toString(), method));
    }
  }

  private static void check(String route, HandlerMethod method) {
    boolean open = method.hasMethodAnnotation(Open.class);
    boolean guarded = method.hasMethodAnnotation(Requires.class);
    if (open == guarded) {
      throw new IllegalStateException("the route " + route + " (" + method.getShortLogMessage() + ") declares "
          + (open ? "two permissions" : "no permission") + ": annotate the method with either @Requires or @Open");
    }
  }
}
