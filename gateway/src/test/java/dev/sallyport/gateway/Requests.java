package dev.sallyport.gateway;

/** Requests in words. */
final class Requests {
  /** What an agent asks for. */
  static final String UPGRADE = """
      GET /agent HTTP/1.1
      Host: localhost
      Upgrade: websocket
      Connection: Upgrade
      Sec-WebSocket-Version: 13
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
      Sec-WebSocket-Protocol: slp1

      """.replace("\n", "\r\n");

  private Requests() {
  }
}
