package dev.sallyport.agent.fake;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.channel.AgentPolicy;
import dev.sallyport.protocol.enrol.EnrolBundle;
import dev.sallyport.protocol.enrol.EnrolGrant;
import dev.sallyport.protocol.enrol.EnrolRequest;
import dev.sallyport.protocol.enrol.EnrolToken;
import dev.sallyport.protocol.enrol.ServerKey;
import dev.sallyport.protocol.enrol.SignedBundle;
import dev.sallyport.protocol.message.Fail;
import dev.sallyport.protocol.message.FailCode;
import dev.sallyport.session.handshake.HelloKind;
import dev.sallyport.session.handshake.Match;
import dev.sallyport.session.handshake.Reply;
import dev.sallyport.session.handshake.ReplyFlag;
import dev.sallyport.session.handshake.ReplyPayload;
import dev.sallyport.session.handshake.Secret;
import dev.sallyport.session.handshake.ServerHandshake;
import dev.sallyport.session.handshake.ServerKeys;
import dev.sallyport.session.handshake.SessionTerms;
import dev.sallyport.session.handshake.Status;
import dev.sallyport.session.handshake.TokenSecret;
import dev.sallyport.session.noise.RandomSource;
import dev.sallyport.session.noise.StaticKeyPair;
import dev.sallyport.session.rolling.Depth;
import dev.sallyport.session.rolling.PendingRoll;
import dev.sallyport.session.rolling.ServerEffect;
import dev.sallyport.session.rolling.ServerRoll;
import dev.sallyport.session.rolling.ServerSecrets;
import dev.sallyport.session.rolling.ServerState;
import dev.sallyport.session.rolling.Step;
import dev.sallyport.transport.Wire;

/**
 * A server as an agent meets it: handshakes, enrolment and sessions by the real classes, everything else as a test wants it. Its
 * storage never fails; it can be told to crash at the interesting points.
 */
public final class FakeServer {
  private static final SessionTerms TERMS = new SessionTerms(65_519, 256 << 10, 4 << 20, Duration.ofSeconds(25),
      Duration.ofSeconds(120));
  private static final RandomSource RANDOM = RandomSource.secure();

  private final StaticKeyPair keyPair = StaticKeyPair.generate(RANDOM);
  private final KeyPair installer = installerKey();
  private final ServerRoll roll = new ServerRoll(Depth.DEFAULT);
  private final String site = UUID.randomUUID().toString();
  private final byte[] tokenSecret = new byte[EnrolToken.SECRET_BYTES];
  private final Bytes tokenId = Bytes.of(new byte[EnrolToken.ID_BYTES]);
  private final Map<String, Machine> machines = new HashMap<>();
  private final List<Match> matches = new CopyOnWriteArrayList<>();
  private final List<EnrolRequest> requests = new CopyOnWriteArrayList<>();
  private final BlockingQueue<FakeLink> links = new LinkedBlockingQueue<>();
  private final AtomicInteger greetings = new AtomicInteger();
  private volatile Fail failure = new Fail(FailCode.BUSY, Duration.ZERO);
  private volatile boolean failing;
  private volatile Optional<Status> refusal = Optional.empty();
  private volatile Optional<Status> enrolmentRefusal = Optional.empty();
  private volatile Duration retryAfter = Duration.ZERO;
  private volatile Set<ReplyFlag> flags = Set.of();
  private volatile Duration clockOffset = Duration.ZERO;
  private volatile int usesLeft = 1;
  private volatile boolean losesConfirm;
  private volatile boolean losesRolled;
  private volatile int epochBytes = Long.BYTES;
  private volatile Duration keepalive = TERMS.keepalive();

  private static final class Machine {
    private final String agentId = UUID.randomUUID().toString();
    private ServerState state = ServerState.restored(new ServerSecrets(List.of(), 0));
  }

  public FakeServer() {
    RANDOM.fill(tokenSecret);
  }

  private static KeyPair installerKey() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  // -- what a test sets ---------------------------------------------------------------------------------------------

  /** A bundle for this server, reachable at the address. */
  public SignedBundle bundle(String address, List<Bytes> tlsPins) {
    EnrolBundle bundle = EnrolBundle.of(site, List.of(URI.create(address)),
        List.of(new ServerKey(0, Bytes.of(keyPair.publicKey()))),
        new EnrolToken(tokenId, tokenSecret), Instant.now().plusSeconds(3600));
    return SignedBundle.sign(tlsPins.isEmpty() ? bundle : bundle.withTlsPins(tlsPins), installer);
  }

  public SignedBundle bundle(String address) {
    return bundle(address, List.of());
  }

  /** Answers every HELLO with FAIL. */
  public void fail(FailCode code, Duration stayAway) {
    failure = new Fail(code, stayAway);
    failing = true;
  }

  /** Answers every HELLO with this authenticated refusal. */
  public void refuse(Status status, Duration stayAway) {
    refusal = Optional.of(status);
    retryAfter = stayAway;
  }

  /** Answers every HELLO with a token with this authenticated refusal. */
  public void refuseEnrolments(Status status) {
    enrolmentRefusal = Optional.of(status);
  }

  /** Accepts again. */
  public void accept() {
    failing = false;
    refusal = Optional.empty();
  }

  public void flags(Set<ReplyFlag> newFlags) {
    flags = newFlags;
  }

  public void clockOffset(Duration offset) {
    clockOffset = offset;
  }

  public void keepalive(Duration interval) {
    keepalive = interval;
  }

  public void tokenUses(int uses) {
    usesLeft = uses;
  }

  /** Crashes when CONFIRM has come and before anything of it is stored. */
  public void losesConfirm(boolean loses) {
    losesConfirm = loses;
  }

  /** Crashes when CONFIRM is stored and before ROLLED is sent. */
  public void losesRolled(boolean loses) {
    losesRolled = loses;
  }

  /** Says epochs of so many bytes. */
  public void epochBytes(int bytes) {
    epochBytes = bytes;
  }

  /** Forgets all machines. */
  public synchronized void forgetMachines() {
    machines.clear();
  }

  /** What a crash of the server takes from its memory. */
  public synchronized void crash() {
    machines.values().forEach(machine -> machine.state = ServerState.restored(machine.state.secrets()));
  }

  // -- what a test asks ---------------------------------------------------------------------------------------------

  public List<Match> matches() {
    return matches;
  }

  public List<EnrolRequest> requests() {
    return requests;
  }

  public int greetings() {
    return greetings.get();
  }

  public synchronized int machines() {
    return machines.size();
  }

  public synchronized List<String> agentIds() {
    return machines.values().stream().map(machine -> machine.agentId).toList();
  }

  public int usesLeft() {
    return usesLeft;
  }

  /** The next link that came up; fails if none does in time. */
  public FakeLink awaitLink() {
    try {
      FakeLink link = links.poll(60, TimeUnit.SECONDS);
      if (link == null) {
        throw new AssertionError("no agent connected within 60 s; greetings so far: " + greetings);
      }
      return link;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  // -- the server itself --------------------------------------------------------------------------------------------

  /** Serves an agent at the other end of the wire, on threads of its own. */
  public void serve(Wire wire) {
    Thread.ofVirtual().name("fake-server").start(() -> {
      try (wire) {
        greet(wire);
      } catch (IOException | ProtocolException e) {
        // The agent, or the script, ended the wire.
        wire.close();
      }
    });
  }

  private void greet(Wire wire) throws IOException {
    byte[] hello = wire.receive();
    greetings.incrementAndGet();
    if (failing) {
      wire.send(failure.bytes());
      return;
    }
    ServerHandshake handshake;
    try {
      handshake = ServerHandshake.open(ServerKeys.of(0, keyPair), hello);
    } catch (ProtocolException e) {
      wire.send(new Fail(FailCode.AUTH_FAILED, Duration.ZERO).bytes());
      return;
    }
    boolean enrolling = handshake.payload().kind() == HelloKind.ENROLL;
    Optional<Status> refused = enrolling && enrolmentRefusal.isPresent() ? enrolmentRefusal : refusal;
    if (refused.isPresent()) {
      wire.send(handshake.refuse(payload(refused.get(), handshake.payload().attempt()), RANDOM));
      return;
    }
    if (enrolling) {
      enrol(wire, handshake);
    } else {
      known(wire, handshake);
    }
  }

  ReplyPayload payload(Status status, long attempt) {
    var terms = new SessionTerms(TERMS.maxRecordBytes(), TERMS.streamCredit(), TERMS.sessionCredit(), keepalive,
        TERMS.resume());
    return new ReplyPayload(status, flags, 0, Instant.now().plus(clockOffset).toEpochMilli(), attempt, 0,
        status == Status.OK ? terms : SessionTerms.NONE, retryAfter);
  }

  private static String name(byte[] agentStatic) {
    return HexFormat.of().formatHex(agentStatic);
  }

  private void enrol(Wire wire, ServerHandshake handshake) throws IOException {
    Secret token = TokenSecret.derive(tokenSecret);
    String name = name(handshake.agentStatic());
    boolean knownMachine;
    synchronized (this) {
      knownMachine = machines.containsKey(name);
    }
    Optional<Match> match = handshake.match(List.of(token));
    if (match.isEmpty() || !Bytes.of(handshake.hint()).equals(tokenId) || (usesLeft == 0 && !knownMachine)) {
      wire.send(new Fail(FailCode.AUTH_FAILED, Duration.ZERO).bytes());
      return;
    }
    long attempt = handshake.payload().attempt();
    Reply reply = handshake.accept(token, match.get().proofIndex(), payload(Status.OK, attempt), RANDOM);
    wire.send(reply.message());
    byte[] handshakeHash = reply.keys().handshakeHash().clone();
    new FakeLink(this, wire, reply.keys(),
        body -> enrolConfirmed(name, attempt, reply.candidate(), handshakeHash, body), _ -> {
        }).run();
  }

  private synchronized Optional<byte[]> enrolConfirmed(String name, long attempt, Secret candidate,
      byte[] handshakeHash, byte[] body) {
    if (losesConfirm) {
      return Optional.empty();
    }
    EnrolRequest request = EnrolRequest.decode(Arrays.copyOfRange(body, 8, body.length));
    request.requireSignedIn(handshakeHash);
    requests.add(request);
    Machine machine = machines.get(name);
    if (machine == null) {
      machine = new Machine();
      machines.put(name, machine);
      usesLeft--;
    }
    machine.state = ServerState.restored(ServerSecrets.enrolled(attempt, candidate));
    if (losesRolled) {
      return Optional.empty();
    }
    byte[] grant = new EnrolGrant(machine.agentId, site, AgentPolicy.DEFAULT).encode();
    return Optional.of(ByteBuffer.allocate(8 + grant.length).putLong(0).put(grant).array());
  }

  private void known(Wire wire, ServerHandshake handshake) throws IOException {
    String name = name(handshake.agentStatic());
    Accepted accepted = judge(name, handshake);
    wire.send(accepted.message());
    if (accepted.reply().isPresent()) {
      Reply reply = accepted.reply().get();
      long attempt = handshake.payload().attempt();
      new FakeLink(this, wire, reply.keys(), _ -> confirmed(name, attempt, reply.candidate()), links::add).run();
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Accepted(byte[] message, Optional<Reply> reply) {}

  synchronized Accepted judge(String name, ServerHandshake handshake) {
    Machine machine = machines.get(name);
    if (machine == null) {
      return new Accepted(new Fail(FailCode.AUTH_FAILED, Duration.ZERO).bytes(), Optional.empty());
    }
    Step<ServerState, ServerEffect> step = roll.onHello(machine.state, handshake.payload().attempt(), handshake::match,
        System.currentTimeMillis());
    machine.state = step.state();
    for (ServerEffect effect : step.effects()) {
      if (effect instanceof ServerEffect.Accept accept) {
        matches.add(accept.match());
        Reply reply = handshake.accept(accept.secret().secret(), accept.match().proofIndex(),
            payload(Status.OK, accept.attempt()), RANDOM);
        return new Accepted(reply.message(), Optional.of(reply));
      }
      if (effect instanceof ServerEffect.Refuse refuse) {
        return new Accepted(handshake.refuse(payload(refuse.status(), refuse.attempt()), RANDOM), Optional.empty());
      }
    }
    throw new AssertionError("a HELLO is accepted or refused");
  }

  /** Stores the rolled secret if this handshake is still the pending one; returns the body of ROLLED. */
  synchronized Optional<byte[]> confirmed(String name, long attempt, Secret candidate) {
    if (losesConfirm) {
      return Optional.empty();
    }
    Machine machine = machines.get(name);
    Step<ServerState, ServerEffect> step = roll.onConfirm(machine.state, attempt, candidate);
    machine.state = new ServerState(step.state().secrets(), PendingRoll.NONE);
    for (ServerEffect effect : step.effects()) {
      if (effect instanceof ServerEffect.SendRolled(long epoch) && !losesRolled) {
        return Optional.of(Arrays.copyOf(ByteBuffer.allocate(Long.BYTES).putLong(epoch).array(), epochBytes));
      }
    }
    return Optional.empty();
  }

  ServerHandshake open(byte[] hello) {
    return ServerHandshake.open(ServerKeys.of(0, keyPair), hello);
  }

  static String nameOf(ServerHandshake handshake) {
    return name(handshake.agentStatic());
  }

}
