package dev.sallyport.server.access;

import static dev.sallyport.server.access.ActionClass.ACCESS;
import static dev.sallyport.server.access.ActionClass.ACT;
import static dev.sallyport.server.access.ActionClass.DESKTOP;
import static dev.sallyport.server.access.ActionClass.EXEC;
import static dev.sallyport.server.access.ActionClass.FILE_GET;
import static dev.sallyport.server.access.ActionClass.FILE_PUT;
import static dev.sallyport.server.access.ActionClass.PROXY;
import static dev.sallyport.server.access.ActionClass.READ;
import static dev.sallyport.server.access.ActionClass.REGISTRY_SET;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an account is trusted with: a set of action classes under a name (security core, C.1). Five come with the server, each holding all of
 * the one before; others are an owner's own.
 *
 * @param word the name used on the wire, in the database and in documents
 */
public record Role(String word, Set<ActionClass> classes) {
  /** Holds nothing: what an account with this role may, it may by its grants alone. */
  public static final Role NONE = new Role("none", Set.of());
  /** Looks, changes nothing. */
  public static final Role VIEWER = new Role("viewer", EnumSet.of(READ));
  /** Restarts services, reboots, talks to users. */
  public static final Role OPERATOR = new Role("operator", EnumSet.of(READ, ACT));
  /** Works on machines: commands, files, screens, devices behind them. */
  public static final Role TECHNICIAN = new Role("technician",
      EnumSet.of(READ, ACT, EXEC, FILE_GET, FILE_PUT, REGISTRY_SET, DESKTOP, PROXY));
  /** Decides which machines belong and what runs on them; everything but other people's accounts. */
  public static final Role ADMIN = new Role("admin", EnumSet.complementOf(EnumSet.of(ACCESS)));
  /** Everything, accounts included. */
  public static final Role OWNER = new Role("owner", EnumSet.allOf(ActionClass.class));

  private static final List<Role> BUILT_IN = List.of(VIEWER, OPERATOR, TECHNICIAN, ADMIN, OWNER);

  public Role {
    classes = Set.copyOf(classes);
  }

  /** The five that come with the server, least first. */
  public static List<Role> builtIn() {
    return BUILT_IN;
  }

  /** Whether this role holds the class. */
  public boolean may(ActionClass actionClass) {
    return classes.contains(actionClass);
  }

  /** Whether everything this role may, the other may too. */
  public boolean within(Role other) {
    return other.classes.containsAll(classes);
  }

  /** The role of that word that comes with the server, {@link #NONE} included, if there is one. */
  public static Optional<Role> ofWord(String word) {
    return word.equals(NONE.word) ? Optional.of(NONE) : BUILT_IN.stream().filter(r -> r.word.equals(word)).findFirst();
  }

  @Override
  public String toString() {
    return word;
  }
}
