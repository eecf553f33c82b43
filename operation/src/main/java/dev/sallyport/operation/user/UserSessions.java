package dev.sallyport.operation.user;

import java.util.List;

/** Who is logged in, as far as the agent's account may see. */
@FunctionalInterface
interface UserSessions {
  /** Those at screens first, each kind by time. */
  List<UserSession> find();
}
