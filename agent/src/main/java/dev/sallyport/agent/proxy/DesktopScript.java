package dev.sallyport.agent.proxy;

import java.util.List;

import dev.sallyport.transport.proxy.discovery.ProxySetting;

/** A script that somebody's desktop names. Not a file: whoever is logged in must not choose what an agent with more rights reads. */
final class DesktopScript {
  private DesktopScript() {
  }

  static List<ProxySetting> at(String location) {
    try {
      ProxySetting.Script script = ProxySetting.script(location);
      return "file".equalsIgnoreCase(script.location().getScheme()) ? List.of() : List.of(script);
    } catch (IllegalArgumentException e) {
      return List.of(); // what no browser understands either
    }
  }
}
