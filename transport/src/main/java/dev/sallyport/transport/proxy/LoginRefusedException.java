package dev.sallyport.transport.proxy;

/** A proxy was shown a log-in and does not accept it. */
final class LoginRefusedException extends UnusableProxyException {
  private static final long serialVersionUID = 1L;

  /** @param proxy in words */
  LoginRefusedException(String proxy) {
    super(proxy + " does not accept the user name or password it was given");
  }
}
