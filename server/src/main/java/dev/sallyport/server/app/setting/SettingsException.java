package dev.sallyport.server.app.setting;

import java.util.List;

/** Settings that cannot be used: every fault at once, each with the setting, what is wrong, and what to do. */
public final class SettingsException extends Exception {
  private static final long serialVersionUID = 1L;

  private final List<String> faults;

  SettingsException(List<String> faults) {
    super(String.join("\n", faults));
    this.faults = List.copyOf(faults);
  }

  /** One sentence or two for each fault. */
  public List<String> faults() {
    return faults;
  }
}
