package dev.sallyport.server.access.grant;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.sallyport.server.access.Grant;
import dev.sallyport.server.access.Rights;
import dev.sallyport.server.access.Role;
import dev.sallyport.server.access.account.Account;
import dev.sallyport.server.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * All roles and grants, in memory, because every request asks. This process is the only one that changes them: a change is written, read
 * back and put in the place of what was known, before whoever made it is answered.
 */
public final class Grants {
  private final Store store;
  private final ReentrantLock changing = new ReentrantLock();
  /** Null while nobody knows: at first, and when a change may have been stored but could not be read back. */
  private volatile @Nullable Known known;

  public Grants(Store store) {
    this.store = store;
  }

  private record Known(Map<String, Role> roles, Map<String, List<Grant>> byAccount) {}

  /** All that an account may now: its own role for everything, and what it was granted. */
  public Rights rights(Account account, Role limit) {
    return new Rights(limit,
        Stream.concat(Stream.of(Grant.everywhere(account.role())), of(account.id()).stream()).toList());
  }

  /** The account's grants, oldest first. */
  public List<Grant> of(String account) {
    return known().byAccount().getOrDefault(account, List.of());
  }

  /** An owner's own roles, by name. */
  public List<Role> roles() {
    return known().roles().values().stream().toList();
  }

  /** The role of this name, of the five or an owner's own. */
  public Optional<Role> role(String name) {
    return Role.ofWord(name).or(() -> Optional.ofNullable(known().roles().get(name)));
  }

  /** Makes a role or changes it; false if there are as many as may be. */
  public boolean put(Role role, long now, int most) {
    return change(table -> {
      if (table.update(role)) {
        return true;
      }
      boolean room = table.roles().size() < most;
      if (room) {
        table.insert(role, now);
      }
      return room;
    });
  }

  /** What became of a role that was to be deleted. */
  public enum Deletion {
    /** It is gone. */
    GONE,
    /** There was none. */
    UNKNOWN,
    /** Somebody holds it; it stays. */
    GRANTED
  }

  /** Deletes a role that nobody was granted. */
  public Deletion delete(String role) {
    return change(table -> {
      if (table.isGranted(role)) {
        return Deletion.GRANTED;
      }
      return table.deleteRole(role) ? Deletion.GONE : Deletion.UNKNOWN;
    });
  }

  /** Gives an account a grant. */
  public void add(String account, Grant grant, long now, String by) {
    change(table -> {
      table.insert(account, grant, now, by);
      return true;
    });
  }

  /** Takes a grant away; false if the account has none of this id. */
  public boolean remove(String account, String grant) {
    return change(table -> table.delete(account, grant));
  }

  /** Whoever asks after this has returned is answered by what is stored then. */
  private <T> T change(Function<GrantTable, T> change) {
    changing.lock();
    try {
      known = null;
      T answer = store.write(sql -> change.apply(new GrantTable(sql)));
      known = read();
      return answer;
    } finally {
      changing.unlock();
    }
  }

  private Known known() {
    Known now = known;
    if (now != null) {
      return now;
    }
    changing.lock();
    try {
      now = known;
      if (now == null) {
        now = read();
        known = now;
      }
      return now;
    } finally {
      changing.unlock();
    }
  }

  private Known read() {
    return store.read(sql -> {
      var table = new GrantTable(sql);
      Map<String, Role> roles = table.roles();
      return new Known(roles, table.grants(roles));
    });
  }
}
