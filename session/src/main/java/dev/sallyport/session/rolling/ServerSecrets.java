package dev.sallyport.session.rolling;

import module java.base;

import dev.sallyport.session.handshake.Secret;

/**
 * What a server remembers durably of one agent's rolling secret, in one row.
 *
 * @param list newest first
 * @param attemptFloor the highest attempt seen; HELLOs must be above it
 */
public record ServerSecrets(List<EpochSecret> list, long attemptFloor) {

  public ServerSecrets {
    list = List.copyOf(list);
    if (list.size() > Depth.MOST || attemptFloor < 0) {
      throw new IllegalArgumentException("a server keeps at most " + Depth.MOST
          + " secrets of an agent, and attempts are not negative");
    }
  }

  /**
   * After the CONFIRM of an enrolment. A row that exists already, from the same token and static key, is replaced only if
   * its floor is below this attempt.
   */
  public static ServerSecrets enrolled(long attempt, Secret candidate) {
    return new ServerSecrets(List.of(new EpochSecret(0, candidate)), attempt);
  }

  /** The secrets alone, newest first. */
  public List<Secret> secrets() {
    return list.stream().map(EpochSecret::secret).toList();
  }

  ServerSecrets withFloor(long attempt) {
    return new ServerSecrets(list, attempt);
  }
}
