package dev.sallyport.server.web;

import dev.sallyport.server.store.StoreUnavailableException;

/** Problems that do not belong to one feature. */
public final class Problems {

  private Problems() {
  }

  /** 404 for an address that leads nowhere; the same for every reason. */
  public static Problem noRoute() {
    return Problem.notFound("There is nothing at this address.");
  }

  /** 413: the body is larger than any request may be. */
  public static Problem bodyTooLarge(long limit) {
    return new Problem(413, "body-too-large", Category.USER, "The body is larger than " + limit + " bytes.", "",
        "Send less at once.");
  }

  /** 503: what was asked is not stored; the exception's text is written for people. */
  public static Problem storeUnavailable(StoreUnavailableException e) {
    String message = String.valueOf(e.getMessage());
    return new Problem(503, "store-unavailable", Category.INTERNAL, message, "",
        "Nothing was changed; repeat it later.");
  }
}
