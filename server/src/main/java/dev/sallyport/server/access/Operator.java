package dev.sallyport.server.access;

/**
 * Who is asking: an account as it stands at this request, by session or by token. A controller method takes it as a
 * parameter.
 *
 * @param account the account's identifier
 * @param name the name it logs in with
 * @param role what it may do now; with a token never more than the token was made for
 * @param credential the session or token it came with, by identifier (not the secret); revoking it ends open streams
 */
public record Operator(String account, String name, Role role, String credential) {}
