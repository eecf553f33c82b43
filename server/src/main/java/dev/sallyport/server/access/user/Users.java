package dev.sallyport.server.access.user;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import dev.sallyport.server.access.Operator;
import dev.sallyport.server.access.Role;
import dev.sallyport.server.access.account.Account;
import dev.sallyport.server.access.account.Accounts;
import dev.sallyport.server.access.session.LiveSessions;
import dev.sallyport.server.access.token.Tokens;
import dev.sallyport.server.store.Identifiers;
import dev.sallyport.server.store.Store;
import dev.sallyport.server.web.EventStreams;
import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;
import org.springframework.dao.DuplicateKeyException;

/** The accounts of a server, as owners make, change and shut them. Whatever is taken away is gone at once, open streams included (T45). */
public final class Users {
  /** Accounts of this server. */
  static final int MAX_ACCOUNTS = 1_000;
  /** The hash of no password: nothing verifies against it. */
  private static final String NO_PASSWORD = "";

  private final Store store;
  private final Accounts accounts;
  private final Invitations invitations;
  private final LiveSessions sessions;
  private final Tokens tokens;
  private final EventStreams streams;
  private final InstantSource clock;

  public Users(Store store, Accounts accounts, Invitations invitations, LiveSessions sessions, Tokens tokens,
      EventStreams streams, InstantSource clock) {
    this.store = store;
    this.accounts = accounts;
    this.invitations = invitations;
    this.sessions = sessions;
    this.tokens = tokens;
    this.streams = streams;
    this.clock = clock;
  }

  /** An account that was made just now, with the link to its first password. */
  record Invited(Account account, Invitations.Made invitation) {}

  /** All of them, by name. */
  List<Account> all() {
    return accounts.all();
  }

  /** The account of this identifier, or of this name. */
  Optional<Account> find(String idOrName) {
    return accounts.find(idOrName).or(() -> accounts.named(idOrName));
  }

  /** Makes an account that nobody can use until its link was used. */
  Invited create(String name, Role role, Operator by) {
    var account = new Account(Identifiers.next(clock.millis()), name, role, true);
    try {
      return store.write(sql -> {
        if (Accounts.count(sql) >= MAX_ACCOUNTS) {
          throw new ProblemException(Problem.conflict("too-many-users",
              "There are " + MAX_ACCOUNTS + " accounts already.", "Use one that is disabled."));
        }
        Accounts.insert(sql, account, NO_PASSWORD, clock.millis());
        return new Invited(account, invitations.make(sql, account.id(), by.name()));
      });
    } catch (DuplicateKeyException e) {
      throw new ProblemException(
          Problem.conflict("name-taken", "There is an account of this name.", "Choose another name."));
    }
  }

  /** Makes a link to a new password; the old one works until the link is used. */
  Invitations.Made invite(Account account, Operator by) {
    return store.write(sql -> invitations.make(sql, account.id(), by.name()));
  }

  /** A password was chosen: whoever logged in with the one before has to log in again. */
  void passwordChanged(Account account) {
    sessions.endAll(account.id());
    tokens.revokeAll(account.id());
  }

  /**
   * Gives an account another role, or shuts or opens it.
   *
   * @throws ProblemException 409 if no enabled owner would be left
   */
  Account change(Account account, Role role, boolean enabled) {
    var changed = new Account(account.id(), account.name(), role, enabled);
    store.write(sql -> {
      Accounts.update(sql, changed);
      if (Accounts.owners(sql) == 0) {
        throw new ProblemException(Problem.conflict("last-owner",
            "Nobody who may look after accounts would be left.", "Make somebody else an owner first."));
      }
      return null;
    });
    if (!enabled) {
      sessions.endAll(account.id());
    }
    streams.close(holder -> holder.account().equals(account.id()));
    return changed;
  }
}
