package dev.sallyport.benchmark.fleet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.enrol.EnrolRequest;
import dev.sallyport.session.noise.RandomSource;
import dev.sallyport.session.noise.StaticKeyPair;
import org.jspecify.annotations.Nullable;

/**
 * The fleet as a process of its own, so that its cost is not the server's. Reads orders, one a line, and answers each with a line:
 * {@code bundle TEXT}, {@code grow N} (have N agents online), {@code reconnect} (cut all, then wait until all are back), {@code alive},
 * {@code quit}.
 */
public final class FleetMain {
  /** How many dial at once; a crowd beyond this only measures the listener's backlog. */
  private static final int DIALLING = 256;
  private static final int MAX_TRIES = 200;
  private static final long PAUSE_NANOS = 250_000_000;
  private static final int ML_KEM_TAIL = 1184;

  private final List<SimulatedAgent> agents = new ArrayList<>();
  private final ConcurrentHashMap<SimulatedAgent, SimulatedLink> links = new ConcurrentHashMap<>();
  private @Nullable Invitation invitation;

  private FleetMain() {
  }

  public static void main(String[] arguments) throws Exception {
    var fleet = new FleetMain();
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null && !line.equals("quit"); line = in.readLine()) {
      System.out.println(fleet.order(line.split(" ", 2)));
    }
    System.exit(0);
  }

  private String order(String[] words) throws Exception {
    return switch (words[0]) {
      case "bundle" -> {
        invitation = invitation(words[1]);
        yield "ready";
      }
      case "grow" -> grow(Integer.parseInt(words[1]));
      case "reconnect" -> reconnect();
      case "alive" -> Long.toString(links.values().stream().filter(SimulatedLink::alive).count());
      default -> "unknown order " + words[0];
    };
  }

  private static Invitation invitation(String bundle) throws NoSuchAlgorithmException {
    var box = KeyPairGenerator.getInstance("ML-KEM-768").generateKeyPair().getPublic().getEncoded();
    var mlKem = Bytes.of(java.util.Arrays.copyOfRange(box, box.length - ML_KEM_TAIL, box.length)).requireLength("key",
        EnrolRequest.ML_KEM_KEY_BYTES);
    try (var x25519 = StaticKeyPair.generate(RandomSource.secure())) {
      return Invitation.of(bundle, KeyPairGenerator.getInstance("Ed25519").generateKeyPair(),
          Bytes.of(x25519.publicKey()), mlKem);
    }
  }

  private String grow(int target) throws InterruptedException {
    if (invitation == null) {
      return "no bundle yet";
    }
    var fresh = new ArrayList<SimulatedAgent>();
    while (agents.size() < target) {
      var agent = new SimulatedAgent("sim-" + agents.size(), invitation);
      agents.add(agent);
      fresh.add(agent);
    }
    return connect(fresh);
  }

  private String reconnect() throws InterruptedException {
    links.values().forEach(SimulatedLink::close);
    links.clear();
    return connect(agents);
  }

  /** Connects all of them; the answer is how many are online, the tries and the milliseconds it took. */
  private String connect(List<SimulatedAgent> these) throws InterruptedException {
    var permits = new Semaphore(DIALLING);
    var done = new CountDownLatch(these.size());
    var tries = new AtomicInteger();
    long start = System.nanoTime();
    for (SimulatedAgent agent : these) {
      Thread.ofVirtual().start(() -> {
        connect(agent, permits, tries);
        done.countDown();
      });
    }
    done.await();
    long millis = (System.nanoTime() - start) / 1_000_000;
    return links.size() + " " + tries + " " + millis;
  }

  private void connect(SimulatedAgent agent, Semaphore permits, AtomicInteger tries) {
    for (int i = 0; i < MAX_TRIES; i++) {
      permits.acquireUninterruptibly();
      try {
        tries.incrementAndGet();
        links.put(agent, agent.connect());
        return;
      } catch (IOException e) {
        if (i == MAX_TRIES - 1) {
          System.err.println(e.getMessage());
        }
      } finally {
        permits.release();
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
