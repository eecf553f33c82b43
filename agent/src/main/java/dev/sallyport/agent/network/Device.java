package dev.sallyport.agent.network;

import java.nio.file.Path;

/** Whether one of Linux's network interfaces can carry anything now, from its folder in {@code /sys/class/net}. */
final class Device {
  private final WatchedFile state;
  private final WatchedFile carrier;
  private boolean keepsNoState;

  Device(Path folder) {
    this.state = new WatchedFile(folder.resolve("operstate"));
    this.carrier = new WatchedFile(folder.resolve("carrier"));
  }

  boolean changed() {
    boolean changed = state.changed();
    if (changed) {
      // Drivers that keep no state (RFC 2863), tunnels above all, still know whether there is a carrier.
      keepsNoState = state.says("unknown");
    }
    if (keepsNoState) {
      changed |= carrier.changed();
    }
    return changed;
  }

  /** True also for an interface without such files: its routes alone have to do. */
  boolean up() {
    return keepsNoState ? !carrier.says("0") : state.says("up") || state.says("");
  }

  void close() {
    state.close();
    carrier.close();
  }
}
