package dev.sallyport.agent.proxy;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import dev.sallyport.protocol.PlainText;
import dev.sallyport.transport.proxy.login.Tickets;

/**
 * Has tokens made of this account's Kerberos ticket in a Java process of its own, which lives for one of them (mission row K5). Only there are
 * the parts of the JDK loaded that speak Kerberos.
 */
final class TicketProcess implements Tickets {
  /** The class path of the program, set by the program that starts the agent. */
  static final String CLASS_PATH = "sallyport.kerberos";

  /** From start to end, with all that the realm is asked. */
  static final Duration TIME = Duration.ofSeconds(10);

  /** Most bytes that it may say; who is in very many groups of a Windows domain has a ticket of some ten thousand. */
  static final int MAX_BYTES = 64 << 10;

  private static final String PROGRAM = "dev.sallyport.kerberos.KerberosMain";
  /** Where the tickets are, as {@code kinit} understands it. */
  private static final String CACHE = "KRB5CCNAME";
  /** Where the realms are described, likewise; Java knows it by another name. */
  private static final String REALMS = "KRB5_CONFIG";
  private static final int MAX_QUOTED = 300; // characters

  private final String classPath;
  private final Supplier<Map<String, String>> environment;
  private final Duration time;

  /**
   * @param classPath where the program is; empty if there is none
   * @param environment asked for every token
   */
  TicketProcess(String classPath, Supplier<Map<String, String>> environment, Duration time) {
    this.classPath = classPath;
    this.environment = environment;
    this.time = time;
  }

  /** The one that was packaged with this agent. */
  static Tickets packaged(Supplier<Map<String, String>> environment) {
    return new SparingTickets(new TicketProcess(System.getProperty(CLASS_PATH, ""), environment, TIME),
        System::nanoTime);
  }

  @Override
  public String token(String host) throws IOException {
    if (classPath.isEmpty()) {
      throw new IOException("this agent was packaged without the program that shows tickets (lib/kerberos)");
    }
    try {
      return token(child().run(host.getBytes(StandardCharsets.UTF_8)));
    } catch (Child.TookTooLong e) {
      throw new IOException("the realm did not give a ticket within " + time.toSeconds()
          + " s; check that its servers (krb5.conf) can be reached from here", e);
    }
  }

  private Child child() {
    Map<String, String> all = environment.get();
    var own = new HashMap<String, String>();
    if (all.containsKey(CACHE)) {
      own.put(CACHE, all.getOrDefault(CACHE, ""));
    }
    String realms = all.getOrDefault(REALMS, "");
    List<String> options = realms.isEmpty()
        ? List.of()
        : List.of("-Djava.security.krb5.conf=" + realms.split(File.pathSeparator, -1)[0]);
    return Child.ofJava(PROGRAM, classPath, options, own, time, MAX_BYTES);
  }

  /** @throws IOException if what it said is no token; the message says what it is instead */
  static String token(Child.Ended ended) throws IOException {
    String said = new String(ended.output(), StandardCharsets.UTF_8);
    if (ended.code() != 0 || said.isEmpty()) {
      throw new IOException("the program that shows tickets broke off (exit code " + ended.code() + ")");
    }
    String rest = said.substring(1);
    if (said.charAt(0) != 'R') {
      throw new IOException(PlainText.clean(rest, MAX_QUOTED));
    }
    try {
      if (Base64.getDecoder().decode(rest).length > 0) {
        return rest;
      }
    } catch (IllegalArgumentException e) {
      throw new IOException("the program that shows tickets made no token of them", e);
    }
    throw new IOException("the program that shows tickets made an empty token");
  }
}
