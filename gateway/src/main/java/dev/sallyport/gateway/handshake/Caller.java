package dev.sallyport.gateway.handshake;

import java.net.InetAddress;

/** Whoever sent a HELLO, as far as the handshake needs to know him. */
public interface Caller {
  /** Where the connection comes from. */
  InetAddress remote();

  /** The binding's word, {@code websocket}. */
  String transport();

  /** A newer HELLO with the same static key was accepted: this caller's handshake is void. Must not block. */
  void superseded();
}
