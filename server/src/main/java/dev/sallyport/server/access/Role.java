package dev.sallyport.server.access;

import static dev.sallyport.server.access.ActionClass.*;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What an account is trusted with: a set of action classes (security core, C.1). Each role holds all of the one before. */
public enum Role {
  /** Looks, changes nothing. */
  VIEWER("viewer", EnumSet.of(READ)),
  /** Restarts services, reboots, talks to users. */
  OPERATOR("operator", EnumSet.of(READ, ACT)),
  /** Works on machines: commands, files, screens, devices behind them. */
  TECHNICIAN("technician", EnumSet.of(READ, ACT, EXEC, FILE_GET, FILE_PUT, REGISTRY_SET, DESKTOP, PROXY)),
  /** Decides which machines belong and what runs on them; everything but other people's accounts. */
  ADMIN("admin", EnumSet.complementOf(EnumSet.of(ACCESS))),
  /** Everything, accounts included. */
  OWNER("owner", EnumSet.allOf(ActionClass.class));

  private final String word;
  @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
  private final Set<ActionClass> classes;

  Role(String word, Set<ActionClass> classes) {
    this.word = word;
    this.classes = Set.copyOf(classes);
  }

  /** The word used on the wire, in the database and in documents. */
  public String word() {
    return word;
  }

  /** Whether this role holds the class. */
  public boolean may(ActionClass actionClass) {
    return classes.contains(actionClass);
  }

  /** Whether everything this role may, the other may too. */
  public boolean within(Role other) {
    return other.classes.containsAll(classes);
  }

  /** The role of that word, if there is one. */
  public static Optional<Role> ofWord(String word) {
    return Arrays.stream(values()).filter(r -> r.word.equals(word)).findFirst();
  }
}
