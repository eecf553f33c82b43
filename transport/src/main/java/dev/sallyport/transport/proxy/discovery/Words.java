package dev.sallyport.transport.proxy.discovery;

/** What is said in more than one place. */
final class Words {
  static final String SCRIPT_FORM = "write it as pac+https://host/proxy.pac or pac+file:///etc/proxy.pac";

  private Words() {
  }
}
