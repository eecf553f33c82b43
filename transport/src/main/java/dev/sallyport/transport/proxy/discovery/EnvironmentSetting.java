package dev.sallyport.transport.proxy.discovery;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import dev.sallyport.transport.proxy.NoProxy;

/** {@code HTTPS_PROXY} and {@code ALL_PROXY} with {@code NO_PROXY}, in capitals or not. */
public final class EnvironmentSetting implements ProxySource {
  private static final List<String> VARIABLES = List.of("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY");
  private static final List<String> EXCEPTIONS = List.of("no_proxy", "NO_PROXY");

  private final Supplier<Map<String, String>> environment;

  /** @param environment asked at every attempt */
  public EnvironmentSetting(Supplier<Map<String, String>> environment) {
    this.environment = environment;
  }

  @Override
  public String name() {
    return "environment";
  }

  @Override
  public List<ProxySetting> settings(String host, int port) throws IOException {
    Map<String, String> variables = environment.get();
    for (String variable : VARIABLES) {
      String value = variables.getOrDefault(variable, "").strip();
      if (!value.isEmpty()) {
        return isException(variables, host, port)
            ? List.of(new ProxySetting.Straight())
            : List.of(read(variable, value));
      }
    }
    return List.of();
  }

  private static boolean isException(Map<String, String> variables, String host, int port) {
    return EXCEPTIONS.stream().anyMatch(name -> new NoProxy(variables.getOrDefault(name, "")).covers(host, port));
  }

  private static ProxySetting read(String variable, String value) throws IOException {
    try {
      return ProxySetting.of(value);
    } catch (IllegalArgumentException e) {
      throw new IOException(variable + ": " + e.getMessage(), e);
    }
  }
}
