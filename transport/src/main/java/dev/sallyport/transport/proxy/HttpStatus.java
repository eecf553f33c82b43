package dev.sallyport.transport.proxy;

/** What a proxy's status means to somebody who asked for a CONNECT. */
final class HttpStatus {
  static final int LOGIN_WANTED = 407;
  private static final int SUCCESS_FROM = 200;
  private static final int SUCCESS_BELOW = 300;

  private HttpStatus() {
  }

  static boolean isSuccess(int status) {
    return status >= SUCCESS_FROM && status < SUCCESS_BELOW;
  }

  /** The rest of a sentence that begins with the proxy's name, with what to do. */
  static String refusal(int status, String target) {
    return switch (status) {
      case 403 -> " forbids connections to " + target + "; allow them there";
      case 405, 501 -> " does not carry connections (CONNECT); allow it to, for " + target;
      case 429, 503 -> " is overloaded; trying again later is right";
      case 500, 502, 504 -> " cannot reach " + target + "; see whether the server runs and its address is right";
      default -> " answered HTTP " + status + " when it was asked for " + target + "; see what it allows";
    };
  }
}
