package dev.sallyport.pac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("K6 proxy scripts in their sandbox")
final class SandboxTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private Duration time = PATIENCE;

  private String find(String script) throws ScriptFailure {
    var functions = new PacFunctions(new Names() {
      @Override
      public String resolve(String host) {
        return Map.of("server.example", "10.1.2.3").getOrDefault(host, "");
      }

      @Override
      public String own() {
        return "10.9.9.9";
      }
    }, Clock.systemUTC());
    return new Sandbox(functions, time).findProxy(script, "https://server.example/", "server.example");
  }

  private String value(String expression) throws ScriptFailure {
    return find("function FindProxyForURL(url, host) { return String(" + expression + "); }");
  }

  @Test
  void answersWithWhatTheScriptReturns() throws ScriptFailure {
    assertThat(find(
        """
            // the usual kind
            var proxies = { inside: "DIRECT", outside: "PROXY proxy.example:8080; DIRECT" };
            function FindProxyForURL(url, host) {
              if (isPlainHostName(host) || shExpMatch(host, "*.local")) return proxies.inside;
              if (isInNet(dnsResolve(host), "10.0.0.0", "255.0.0.0") && url.substring(0, 6) == "https:") return proxies.outside;
              return "DIRECT";
            }"""))
        .isEqualTo("PROXY proxy.example:8080; DIRECT");
    assertThat(find("function FindProxyForURL() {}")).isEmpty();
    assertThat(find("function FindProxyForURL() { return null; }")).isEmpty();
    assertThat(find("const FindProxyForURL = (url, host) => `PROXY ${host}:1`;")).isEqualTo("PROXY server.example:1");
  }

  @Test
  void hasEveryFunctionThatScriptsCountOn() throws ScriptFailure {
    for (String name : new String[]{"isPlainHostName", "dnsDomainIs", "localHostOrDomainIs", "isResolvable", "isInNet",
        "dnsResolve", "convert_addr", "myIpAddress", "dnsDomainLevels", "shExpMatch", "weekdayRange", "dateRange",
        "timeRange", "alert"}) {
      assertThat(value("typeof " + name)).as(name).isEqualTo("function");
    }
    assertThat(value("dnsResolve(host)")).isEqualTo("10.1.2.3");
    assertThat(value("dnsResolve('nobody.example')")).isEqualTo("null");
    assertThat(value("isResolvable(host)")).isEqualTo("true");
    assertThat(value("isInNet(host, '10.1.0.0', '255.255.0.0')")).isEqualTo("true");
    assertThat(value("isInNet('nobody.example', '0.0.0.0', '0.0.0.0')")).isEqualTo("false");
    assertThat(value("myIpAddress()")).isEqualTo("10.9.9.9");
    assertThat(value("dnsDomainLevels(host) + 1")).isEqualTo("2");
    assertThat(value("convert_addr('1.2.3.4') == 16909060")).isEqualTo("true");
    assertThat(value("timeRange(0, 23) && weekdayRange('MON', 'SUN') && dateRange(1, 31)")).isEqualTo("true");
    assertThat(value("alert('x')")).isIn("null", "undefined");
    assertThat(value("isPlainHostName()")).isEqualTo("true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"java", "Packages", "javax", "org", "getClass", "JavaAdapter", "JavaImporter", "importClass",
      "importPackage", "load", "print", "quit", "require", "XMLHttpRequest", "process", "Continuation"})
  void knowsNothingOfJavaOrOfAnyMachine(String name) throws ScriptFailure {
    assertThat(value("typeof " + name)).isEqualTo("undefined");
  }

  @ParameterizedTest
  @ValueSource(strings = {"java.lang.Runtime.getRuntime().exec('id')", "host.getClass().forName('java.lang.System')",
      "dnsResolve.getClass()", "new JavaAdapter(java.lang.Object, {})", "''.constructor.constructor('return java')()",
      "isInNet.constructor.getClass()", "this.__parent__.Packages.java", "(new Error()).rhinoException.getClass()"})
  void noWayLeadsOut(String expression) {
    assertThatThrownBy(() -> find("function FindProxyForURL(url, host) { return \"got \" + " + expression + "; }"))
        .isInstanceOf(ScriptFailure.class).hasMessageStartingWith("it fails in line 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"function FindProxyForURL(url, host) {", "\u0000", "<html>Log in to this network</html>",
      "throw 'x';", "function FindProxyForURL() { return unknown; }"})
  void saysWhereAScriptIsWrong(String script) {
    assertThatThrownBy(() -> find(script)).isInstanceOf(ScriptFailure.class)
        .hasMessageStartingWith("it fails in line ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "var x = 1;", "FindProxyForURL = 7"})
  void saysThatThereIsNoFunction(String script) {
    assertThatThrownBy(() -> find(script)).hasMessage("it has no function FindProxyForURL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"while (true);",
      "function FindProxyForURL() { for (;;) { try { for (;;); } catch (e) { 1; } } }",
      "function FindProxyForURL() { var x = 0; while (true) x += 1; }"})
  void endsALoopThatDoesNot(String script) {
    time = Duration.ofMillis(200);

    assertThatThrownBy(() -> find(script)).isInstanceOf(ScriptFailure.class).hasMessageStartingWith("it did not end");
  }

  @Test
  void endsARecursionThatDoesNot() {
    assertThatThrownBy(() -> find("function FindProxyForURL(url, host) { return FindProxyForURL(url, host); }"))
        .isInstanceOf(ScriptFailure.class);
  }
}
