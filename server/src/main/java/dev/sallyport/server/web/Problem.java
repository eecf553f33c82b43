package dev.sallyport.server.web;

/**
 * An error as the API shows it: RFC 9457 problem details with four members of our own.
 *
 * @param status the HTTP status
 * @param code a stable word for programs, {@code "invalid-field"} say
 * @param category whose fault it is
 * @param detail what failed and why, for people; never a secret, a path or an exception's text
 * @param field the JSON path, parameter or header at fault; {@code ""} if none
 * @param fix what to do about it; {@code ""} if nothing can be done
 */
public record Problem(int status, String code, Category category, String detail, String field, String fix) {

  /** 400: a value the caller gave is wrong. */
  public static Problem invalidField(String field, String detail, String fix) {
    return new Problem(400, "invalid-field", Category.USER, detail, field, fix);
  }

  /** 401: nobody is logged in, or the credential is no longer good; one answer for every reason. */
  public static Problem unauthenticated() {
    return new Problem(401, "unauthenticated", Category.USER, "This needs a log-in, and none that is valid was sent.",
        "",
        "Log in, or send a valid token.");
  }

  /** 403: the caller is known and may not. */
  public static Problem forbidden(String detail, String fix) {
    return new Problem(403, "forbidden", Category.USER, detail, "", fix);
  }

  /** 404: there is no such thing, or the caller may not know of it. */
  public static Problem notFound(String detail) {
    return new Problem(404, "not-found", Category.USER, detail, "", "");
  }

  /** 409: the request is right but does not fit the present state. */
  public static Problem conflict(String code, String detail, String fix) {
    return new Problem(409, code, Category.USER, detail, "", fix);
  }
}
