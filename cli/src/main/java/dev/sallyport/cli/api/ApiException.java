package dev.sallyport.cli.api;

/**
 * The server answered, and the answer is no.
 *
 * <p>{@code code} is stable and may be used by scripts; {@code fix} may be empty.
 */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final String fix;

  public ApiException(int status, String code, String message, String fix) {
    super(message);
    this.status = status;
    this.code = code;
    this.fix = fix;
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  public String fix() {
    return fix;
  }
}
