package dev.sallyport.server.app.web;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.sallyport.server.access.account.FirstOwner;
import dev.sallyport.server.store.Store;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.web.context.support.StandardServletEnvironment;

/**
 * Spring's context with the web server in it. It takes its beans from the configurations named here and its settings from
 * nowhere: no file in the working directory and no environment variable changes what the web part does.
 */
public final class WebPart implements AutoCloseable {

  private static final List<Class<?>> OWN = List.of(JettyConfiguration.class, MvcConfiguration.class,
      SecurityConfiguration.class,
      AccessConfiguration.class);

  private final AnnotationConfigServletWebServerApplicationContext context;

  private WebPart(AnnotationConfigServletWebServerApplicationContext context) {
    this.context = context;
  }

  /**
   * What the web part is given by the process around it.
   *
   * @param store the server's store
   * @param clock the time
   * @param firstOwner the way to the first account
   * @param socket where to listen
   * @param version told to whoever asks for the server's health
   */
  public record Givens(Store store, InstantSource clock, FirstOwner firstOwner, SocketPlace socket, String version) {}

  /**
   * Starts the web part; it listens when this returns.
   *
   * @param features configurations with the features' controllers and services
   * @param more registers what the features need besides
   */
  public static WebPart start(Givens givens, List<Class<?>> features, Consumer<ConfigurableListableBeanFactory> more) {
    var context = new AnnotationConfigServletWebServerApplicationContext();
    context.setEnvironment(new ClosedEnvironment());
    ConfigurableListableBeanFactory beans = context.getBeanFactory();
    beans.registerSingleton("store", givens.store());
    beans.registerSingleton("clock", givens.clock());
    beans.registerSingleton("firstOwner", givens.firstOwner());
    beans.registerSingleton("socketPlace", givens.socket());
    beans.registerSingleton("healthController", new HealthController(givens.version()));
    more.accept(beans);
    context.register(Stream.concat(OWN.stream(), features.stream()).toArray(Class<?>[]::new));
    try {
      context.refresh();
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
    return new WebPart(context);
  }

  /** A feature's bean, for whoever wires the process together. */
  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** Where the socket is. */
  public Path socket() {
    return bean(SocketPlace.class).path();
  }

  /** Answers the requests that are under way, then ends the features, each before what it stands on. */
  @Override
  public void close() {
    context.close();
  }

  private static final class ClosedEnvironment extends StandardServletEnvironment {
    @Override
    protected void customizePropertySources(MutablePropertySources sources) {
      // none
    }
  }
}
