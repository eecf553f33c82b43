package dev.sallyport.agent.network;

import java.time.Duration;
import java.util.List;

import dev.sallyport.agent.time.AgentClock;

/**
 * The networks of this machine, as whoever keeps a link needs them (K3):
 *
 * <ul>
 * <li>before each dial, {@link #awaitWayTo} – quiet while there is no way;
 * <li>between dials, {@link #pause} instead of a clock's: a pause of minutes ends within a second when another network comes;
 * <li>while linked, {@link #follow}: if the wire's own address is gone ({@link NetworkState#holds}) the link is dead and is dropped at
 * once, after any other change it is asked for a sign of life;
 * <li>what worked is remembered under {@link NetworkId#names} of {@link #current}.
 * </ul>
 */
public interface Networks {
  /** The state at the last look; a look if there was none yet. */
  NetworkState current();

  /**
   * Waits so long, or until the networks have changed.
   *
   * @return whether a change ended it before its time
   */
  boolean pause(Duration atMost) throws InterruptedException;

  /**
   * Returns at once if there is a way to one of these hosts, otherwise when there is one. Nothing goes onto the wire meanwhile.
   *
   * @param hosts names or addresses, see {@link NetworkState#leadsTo}
   * @return whether it had to wait
   */
  boolean awaitWayTo(List<String> hosts) throws InterruptedException;

  /** Tells of every change until this is closed. Closing waits for nothing: one last call may be under way. */
  Following follow(NetworkListener listener);

  /** A listener that is told of changes. */
  interface Following extends AutoCloseable {
    @Override
    void close();
  }

  /** Networks that nobody can look at: every dial is worth a try, and nothing ever changes. */
  static Networks unseen(AgentClock clock) {
    return new Networks() {
      @Override
      public NetworkState current() {
        return NetworkState.UNKNOWN;
      }

      @Override
      public boolean pause(Duration atMost) throws InterruptedException {
        clock.pause(atMost);
        return false;
      }

      @Override
      public boolean awaitWayTo(List<String> hosts) {
        return false;
      }

      @Override
      public Following follow(NetworkListener listener) {
        return () -> {
        };
      }
    };
  }
}
