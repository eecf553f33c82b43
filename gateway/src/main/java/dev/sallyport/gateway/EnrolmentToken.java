package dev.sallyport.gateway;

import java.net.InetAddress;
import java.util.Set;
import java.util.function.Predicate;

import dev.sallyport.session.handshake.ReplyFlag;
import dev.sallyport.session.handshake.Secret;

/** What the directory says about an enrolment token's id. */
public sealed interface EnrolmentToken {
  /**
   * It admits a machine now.
   *
   * @param secret {@code P_tok}, as derived from the token
   * @param from which addresses it may be used from
   * @param flags what the agent is told besides, {@link ReplyFlag#PENDING_APPROVAL} if an operator must approve
   */
  record Live(Secret secret, Predicate<InetAddress> from, Set<ReplyFlag> flags) implements EnrolmentToken {
    /** Copies the flags. */
    public Live {
      flags = Set.copyOf(flags);
    }
  }

  /** It has run out of time; only who proves its secret is told so. */
  record Expired(Secret secret) implements EnrolmentToken {}

  /** It has run out of uses; only who proves its secret is told so. */
  record Exhausted(Secret secret) implements EnrolmentToken {}

  /** There is none with this id. */
  record Absent() implements EnrolmentToken {}
}
