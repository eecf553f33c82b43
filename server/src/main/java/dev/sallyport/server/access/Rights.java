package dev.sallyport.server.access;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What somebody may do: grants, each by itself, and none of them beyond a limit.
 *
 * @param limit the most of it, by the credential: what a token was made for
 * @param grants of the account, its own role first
 */
public record Rights(Role limit, List<Grant> grants) {
  /** Nothing at all. */
  public static final Rights NONE = new Rights(Role.NONE, List.of());

  public Rights {
    grants = List.copyOf(grants);
  }

  /** A role for everything and always. */
  public static Rights everywhere(Role role) {
    return new Rights(role, List.of(Grant.everywhere(role)));
  }

  /** Whether the class is held for anything now. */
  public boolean may(ActionClass actionClass, Instant now) {
    return limit.may(actionClass) && grants.stream().anyMatch(grant -> grant.holds(actionClass, now));
  }

  /** Whether the class is held for everything now. */
  public boolean mayEverywhere(ActionClass actionClass, Instant now) {
    return limit.may(actionClass)
        && grants.stream().anyMatch(grant -> grant.scope() instanceof Scope.All && grant.holds(actionClass, now));
  }

  /** Whether the class is held now for a machine that stands there. */
  public boolean may(ActionClass actionClass, Place place, Instant now) {
    return limit.may(actionClass)
        && grants.stream().anyMatch(grant -> grant.holds(actionClass, now) && grant.scope().covers(place));
  }

  /** The classes that are held for anything now. */
  public Set<ActionClass> classes(Instant now) {
    Set<ActionClass> held = EnumSet.noneOf(ActionClass.class);
    for (ActionClass each : ActionClass.values()) {
      if (may(each, now)) {
        held.add(each);
      }
    }
    return held;
  }
}
