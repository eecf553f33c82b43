package dev.sallyport.server.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

import dev.sallyport.gateway.CallInput;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.enrol.Ed25519;
import dev.sallyport.protocol.enrol.ServerKey;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.library.LibraryTrust;
import dev.sallyport.protocol.library.LibraryVersion;
import dev.sallyport.protocol.operation.InputDigest;
import dev.sallyport.protocol.operation.LibraryOperation;
import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.OnlyAttempts;
import dev.sallyport.server.action.OperationEndedException;
import dev.sallyport.server.fake.TestClock;
import dev.sallyport.server.site.BundleSource;
import dev.sallyport.server.store.Database;
import dev.sallyport.server.store.DatabaseStore;
import dev.sallyport.server.web.ProblemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Libraries on the server, and the action that sends and calls them, on a machine that only writes down what it is asked. */
final class LibraryCallActionTest {
  private static final int THREE_BLOCKS = 2 * LibraryCallAction.BLOCK_BYTES + 1000;

  @TempDir
  private Path scratch = Path.of("");
  private final KeyPair installer = newKey();
  private final KeyPair author = newKey();
  @SuppressWarnings("NullAway.Init")
  private DatabaseStore database;
  @SuppressWarnings("NullAway.Init")
  private Libraries libraries;

  private static KeyPair newKey() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void open() throws IOException {
    database = DatabaseStore.open(new Database.Sqlite(scratch.resolve("db")));
    libraries = new Libraries(database, new JarFiles(scratch.resolve("jars")), new Identity(installer),
        new TestClock());
    libraries.open();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private record Identity(KeyPair installerKey) implements BundleSource {
    @Override
    public List<URI> servers() {
      return List.of();
    }

    @Override
    public List<ServerKey> serverKeys() {
      return List.of();
    }

    @Override
    public List<Bytes> tlsPins() {
      return List.of();
    }
  }

  private StoredLibrary add(String version, int bytes, KeyPair key) throws IOException {
    Bytes jar = LibraryJars.jar(version, bytes);
    return libraries.add(LibraryJars.sign(version, jar, key), new ByteArrayInputStream(jar.toArray()), "olivia");
  }

  private LibraryTrust told() {
    return LibraryTrust.verified(libraries.trust(), Ed25519.raw(installer.getPublic()));
  }

  /** A machine that has a library once it was sent. */
  private static final class Machine extends OnlyAttempts {
    private final List<String> asked = new ArrayList<>();
    private final ByteArrayOutputStream arrived = new ByteArrayOutputStream();
    private boolean held;

    Machine(JsonObject parameters, boolean held) {
      super(parameters);
      this.held = held;
    }

    @Override
    public OperationResult attempt(Operation operation, CallInput input) {
      asked.add(operation.name());
      return switch (operation) {
        case LibraryOperation.Offer _ -> done("{\"held\":false,\"bytes\":0}");
        case LibraryOperation.Put put -> done(put, input);
        case LibraryOperation.Keep _ -> {
          held = true;
          yield done("{}");
        }
        case LibraryOperation.Call call when held -> done("{\"result\":" + call.parameters().getFirst().text() + "}");
        case LibraryOperation.Call _ -> new OperationResult(Outcome.REFUSED, OptionalInt.empty(), Instant.EPOCH,
            Instant.EPOCH, 0, false, (JsonObject) Json.parse("{\"held\":false}"), "it is not here");
        default -> OperationResult.without(Outcome.REFUSED, Instant.EPOCH, Instant.EPOCH, "told before");
      };
    }

    private OperationResult done(LibraryOperation.Put put, CallInput input) {
      try (InputStream block = input.open()) {
        byte[] bytes = block.readAllBytes();
        assertThat(InputDigest.of(Bytes.of(bytes))).isEqualTo(put.input());
        assertThat(put.offset()).isEqualTo(arrived.size());
        arrived.writeBytes(bytes);
        return done("{\"held\":false,\"bytes\":" + arrived.size() + "}");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static OperationResult done(String value) {
      return OperationResult.found(Instant.EPOCH, Instant.EPOCH, (JsonObject) Json.parse(value));
    }
  }

  private JsonObject order(String text) {
    var action = new LibraryCallAction(libraries);
    JsonObject valid = action.description().validate((JsonObject) Json.parse(text));
    action.check(valid);
    return action.settle(valid);
  }

  @Test
  void aMachineWithoutTheLibraryIsSentItInBlocksAndThenAsked() throws IOException {
    add("1.0.0", THREE_BLOCKS, installer);
    var machine = new Machine(order("{\"library\":\"greeter\",\"function\":\"greet\",\"arguments\":[\"Ada\"]}"), false);
    assertThat(new LibraryCallAction(libraries).run(machine).string("result")).isEqualTo("Ada");
    assertThat(machine.asked).containsExactly("library.trust", "library.call", "library.offer", "library.put",
        "library.put", "library.put", "library.keep", "library.call");
    assertThat(machine.arrived.toByteArray()).isEqualTo(LibraryJars.jar("1.0.0", THREE_BLOCKS).toArray());
  }

  @Test
  void aMachineThatHasTheLibraryIsOnlyAsked() throws IOException {
    add("1.0.0", 10, installer);
    var machine = new Machine(order("{\"library\":\"greeter\",\"function\":\"greet\",\"arguments\":[\"Ada\"]}"), true);
    assertThat(new LibraryCallAction(libraries).run(machine).string("result")).isEqualTo("Ada");
    assertThat(machine.asked).containsExactly("library.trust", "library.call");
  }

  @Test
  @DisplayName("an order means the version that was the newest when it was accepted, whatever comes later")
  void anOrderKeepsItsVersion() throws IOException {
    StoredLibrary old = add("1.9.0", 10, installer);
    JsonObject order = order("{\"library\":\"greeter\",\"function\":\"greet\",\"arguments\":[\"Ada\"]}");
    add("1.10.0", 10, installer);
    assertThat(order.string("jar")).isEqualTo(old.jar().base64Url());
    assertThat(order("{\"library\":\"greeter\",\"function\":\"greet\",\"arguments\":[\"x\"]}").string("version"))
        .isEqualTo("1.10.0");
    assertThat(new LibraryCallAction(libraries).description().validate(order)).isEqualTo(order);
  }

  @Test
  void anOrderThatCannotBeCalledIsRefusedBeforeItIsStored() throws IOException {
    add("1.0.0", 10, installer);
    for (String wrong : List.of("{\"library\":\"other\",\"function\":\"greet\"}",
        "{\"library\":\"../greeter\",\"function\":\"greet\"}", "{\"library\":\"greeter\",\"function\":\"sing\"}",
        "{\"library\":\"greeter\",\"function\":\"greet\"}",
        "{\"library\":\"greeter\",\"function\":\"greet\",\"arguments\":[\"a\",\"b\"]}",
        "{\"library\":\"greeter\",\"function\":\"greet\",\"arguments\":[\"a\"],\"version\":\"2.0.0\"}",
        "{\"library\":\"greeter\",\"function\":\"greet\",\"arguments\":[\"a\"],\"jar\":\"AAAA\"}")) {
      assertThatThrownBy(() -> order(wrong)).as(wrong).isInstanceOf(ProtocolException.class);
    }
  }

  @Test
  void whatTheMachineRefusesEndsTheOrder() throws IOException {
    add("1.0.0", 10, installer);
    JsonObject order = order("{\"library\":\"greeter\",\"function\":\"greet\",\"arguments\":[\"Ada\"]}");
    ActionContext refusing = new OnlyAttempts(order) {
      @Override
      public OperationResult attempt(Operation operation, CallInput input) {
        return OperationResult.without(Outcome.UNSUPPORTED, Instant.EPOCH, Instant.EPOCH, "no libraries here");
      }
    };
    assertThatThrownBy(() -> new LibraryCallAction(libraries).run(refusing))
        .isInstanceOf(OperationEndedException.class).hasMessageContaining("unsupported");
  }

  @Test
  @DisplayName("T17 the server takes only what a trusted key has signed, bit for bit")
  void whatIsNotSignedIsRefused() throws IOException {
    Bytes jar = LibraryJars.jar("1.0.0", 500);
    Bytes envelope = LibraryJars.sign("1.0.0", jar, author);
    assertThatThrownBy(() -> libraries.add(envelope, new ByteArrayInputStream(jar.toArray()), "olivia"))
        .isInstanceOf(ProblemException.class);
    libraries.addKey("author", Ed25519.raw(author.getPublic()), "olivia");
    byte[] other = jar.toArray();
    other[other.length / 2] ^= 1;
    assertThatThrownBy(() -> libraries.add(envelope, new ByteArrayInputStream(other), "olivia"))
        .isInstanceOf(ProblemException.class);
    try (var files = Files.list(scratch.resolve("jars"))) {
      assertThat(files).as("nothing is left of what was refused").isEmpty();
    }
    libraries.add(envelope, new ByteArrayInputStream(jar.toArray()), "olivia");
    assertThat(told().keys()).contains(Ed25519.raw(author.getPublic()));
    long serial = told().serial();
    assertThat(libraries.removeKey("author")).isTrue();
    assertThat(told().keys()).doesNotContain(Ed25519.raw(author.getPublic()));
    assertThat(told().serial()).isGreaterThan(serial);
  }

  @Test
  void floorsRiseAndWithdrawnVersionsAreTold() throws IOException {
    StoredLibrary old = add("1.0.0", 10, installer);
    StoredLibrary fresh = add("1.1.0", 10, installer);
    libraries.withdraw(fresh);
    assertThat(told().withdrawn()).containsExactly(fresh.jar());
    assertThat(libraries.newest("greeter").orElseThrow().jar()).isEqualTo(old.jar());
    libraries.raiseFloor("greeter", LibraryVersion.of("1.2.0"));
    assertThat(told().floors()).containsEntry("greeter", LibraryVersion.of("1.2.0"));
    assertThat(told().withdrawn()).as("the floor says it already").isEmpty();
    assertThat(libraries.newest("greeter")).isEmpty();
    assertThatThrownBy(() -> libraries.raiseFloor("greeter", LibraryVersion.of("1.1.9")))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> add("1.0.5", 10, installer)).isInstanceOf(ProblemException.class);
  }

  @Test
  void aVersionMeansOneJarForEver() throws IOException {
    add("1.0.0", 10, installer);
    add("1.0.0", 10, installer); // the same again
    assertThat(libraries.all()).hasSize(1);
    assertThatThrownBy(() -> add("1.0.0", 11, installer)).isInstanceOf(ProblemException.class);
  }
}
