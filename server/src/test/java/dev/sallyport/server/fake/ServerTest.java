package dev.sallyport.server.fake;

import java.nio.file.Path;
import java.util.List;

import dev.sallyport.server.action.Action;
import dev.sallyport.server.store.DatabaseStore;
import dev.sallyport.server.store.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A test of the server's features without web part and gateway, run on a fresh database of each kind. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
public abstract class ServerTest {
  protected final TestClock clock = new TestClock();
  protected DatabaseStore database;
  protected TestServer server;

  @Parameter
  @SuppressWarnings("NullAway.Init") // set by JUnit
  private TestDatabase kind;
  @TempDir
  private Path directory;

  @BeforeEach
  final void startServer() {
    database = DatabaseStore.open(kind.fresh(directory));
    server = new TestServer(database, clock, actions());
  }

  @AfterEach
  final void stopServer() {
    server.close();
    database.close();
  }

  /** The actions the server has. */
  protected List<Action> actions() {
    return FakeActions.all();
  }
}
