package dev.sallyport.server.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.Logger;

/**
 * The log: to standard error, one line an event, whatever a message holds; nothing in a message is looked up or run.
 * Found by Logback as a service, so that no configuration file can change it.
 */
public final class Logging extends ContextAwareBase implements Configurator {

  /** Line breaks of a message, which could forge a line, become spaces; a stack trace keeps its lines, indented. */
  private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} - %replace(%msg){'[\\r\\n]+', ' '}%n";

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    var console = new ConsoleAppender<ILoggingEvent>();
    console.setContext(context);
    console.setTarget("System.err");
    console.setEncoder(encoder);
    console.start();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(console);
    context.getLogger("dev.sallyport").setLevel(Level.INFO);
    context.getLogger("org.springframework.web.servlet.PageNotFound").setLevel(Level.OFF); // strangers' wishes are no news
    context.getLogger("org.apache.ftpserver").setLevel(Level.OFF); // strangers' words; what fails at the start is thrown
    context.getLogger("org.apache.mina").setLevel(Level.OFF);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
