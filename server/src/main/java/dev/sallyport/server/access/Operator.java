package dev.sallyport.server.access;

/**
 * Who is asking: an account as it stands at this request, by session or by token. A controller method takes it as a
 * parameter.
 *
 * @param account the account's identifier
 * @param name the name it logs in with
 * @param role the account's own, which it holds for everything; with a token never more than the token was made for
 * @param rights all that it may do now
 * @param credential the session or token it came with, by identifier (not the secret); revoking it ends open streams
 */
public record Operator(String account, String name, Role role, Rights rights, String credential) {
  /** Somebody with a role for everything and no grants. */
  public Operator(String account, String name, Role role, String credential) {
    this(account, name, role, Rights.everywhere(role), credential);
  }
}
