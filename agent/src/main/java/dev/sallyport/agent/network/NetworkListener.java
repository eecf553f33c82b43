package dev.sallyport.agent.network;

/** Hears of changes of this machine's networks while a link lives. */
@FunctionalInterface
public interface NetworkListener {
  /** Called on the watch's own thread, within about two seconds of the change; returns soon and throws nothing. */
  void changed(NetworkState before, NetworkState after);
}
