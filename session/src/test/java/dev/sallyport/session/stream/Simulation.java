package dev.sallyport.session.stream;

import module java.base;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.protocol.message.Hello;
import dev.sallyport.protocol.message.HelloReply;

/** One run of {@link SimulationTest}: deterministic, single-threaded, its time and its chances from the seed. */
final class Simulation {
  private static final int MAX_STEPS = 400_000;
  private static final int STREAMS = 40;

  private final SplittableRandom random;
  private final boolean resets;
  private final SessionPair pair;
  private final List<Talk> talks = new ArrayList<>();
  private final List<Talk> active = new ArrayList<>();
  private int toOpen = STREAMS;
  private long now;
  private int generation = 1;

  Simulation(long seed, boolean resets) {
    this.random = new SplittableRandom(seed);
    this.resets = resets;
    KeyLimits keys = new KeyLimits(random.nextInt(1, 50), Duration.ofHours(1), 64L << 30, Duration.ofDays(1));
    int streamCredit = SessionLimits.MIN_CREDIT + random.nextInt(200_000);
    int sessionCredit = streamCredit + random.nextInt(2 * streamCredit);
    int places = random.nextInt(1, 20);
    int queue = SessionLimits.MIN_CREDIT + random.nextInt(200_000);
    pair = SessionPair.established(limits -> limits.withTerms(65_519, streamCredit, sessionCredit, Duration.ofSeconds(
        25)).withStreams(places, places).withSendQueue(queue).withKeys(keys));
    for (Role role : Role.values()) {
      pair.end(role).onOpened = opened -> begin(opened.stream());
    }
  }

  void run() {
    for (int step = 0; step < MAX_STEPS; step++) {
      switch (random.nextInt(20)) {
        case 0 -> open();
        case 1 -> chores();
        case 2, 3, 4, 5, 6, 7 -> pair.randomStep(random);
        default -> talk();
      }
      if (step % 500 == 499 && !progresses()) {
        break;
      }
    }
    assertThat(toOpen).as("streams that were never opened").isZero();
    assertThat(talks).as("what is not done").filteredOn(talk -> !talk.done()).isEmpty();
    assertThat(pair.agent.session.closed()).isFalse();
    assertThat(pair.server.session.closed()).isFalse();
    if (!resets) {
      assertThat(talks).hasSize(2 * STREAMS);
    }
    assertThat(pair.agent.session.openStreams() + pair.server.session.openStreams()).isZero();
  }

  /** Lets everybody do all they can, as long as that is anything; false if all is done or nothing moves any more. */
  private boolean progresses() {
    if (random.nextInt(4) != 0) {
      return true;
    }
    boolean moved = false;
    pair.deliverAll();
    for (Talk talk : List.copyOf(active)) {
      moved |= talk.act(false);
    }
    pair.deliverAll();
    while (toOpen > 0 && open()) {
      moved = true;
    }
    return moved;
  }

  private boolean open() {
    if (toOpen == 0) {
      return false;
    }
    try {
      Session opener = pair.end(random.nextBoolean() ? Role.AGENT : Role.SERVER).session;
      SessionStream stream = opener.tryOpen(1, new byte[random.nextInt(100)]);
      if (stream == null) {
        return false;
      }
      stream.priority(random.nextBoolean() ? Priority.BULK : Priority.INTERACTIVE);
      begin(stream);
      toOpen--;
      return true;
    } catch (SessionClosedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void talk() {
    if (!active.isEmpty()) {
      Talk talk = active.get(random.nextInt(active.size()));
      talk.act(resets && random.nextInt(400) == 0);
      if (talk.done()) {
        active.remove(talk);
      }
    }
  }

  private void begin(SessionStream stream) {
    Talk talk = new Talk(stream, random.split());
    talks.add(talk);
    active.add(talk);
  }

  /** Time passes, somebody pings, keys are changed. */
  private void chores() {
    now += random.nextLong(2_000_000_000L);
    pair.agent.session.onTick(now, random);
    pair.server.session.onTick(now, random);
    pair.server.session.ping(now);
    byte[] reply = pair.agent.rehandshakes.poll();
    byte[] hello = pair.server.rehandshakes.poll();
    if (hello != null) {
      pair.server.session.acceptRehandshake(new HelloReply(new byte[HelloReply.BODY_BYTES]).bytes(), pair.keys.of(
          Role.SERVER, generation));
    }
    if (reply != null) {
      pair.agent.session.confirmRehandshake(pair.keys.of(Role.AGENT, generation), new byte[8]);
    }
    if (random.nextInt(30) == 0 && rehandshakesDone()) {
      generation++;
      pair.agent.session.sendRehandshake(new Hello(new byte[Hello.BODY_BYTES]).bytes());
    }
  }

  /** Every CONFIRM was answered and both ends have switched: the number of ROLLED, this run's first included, says so. */
  private boolean rehandshakesDone() {
    if (pair.agent.words.size() != generation) {
      return false;
    }
    pair.deliverAll();
    return true;
  }
}
