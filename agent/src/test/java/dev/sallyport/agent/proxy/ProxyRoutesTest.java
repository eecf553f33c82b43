package dev.sallyport.agent.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;

import dev.sallyport.agent.state.DiskFiles;
import dev.sallyport.transport.socket.Route;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("K6 how an agent finds its proxy")
final class ProxyRoutesTest {
  @TempDir
  private Path folder;

  private final Map<String, String> environment = new HashMap<>();

  private String first(String option, ProxyStore store) {
    return ProxyRoutes.of(option, store, () -> environment).to("server.example", 443).stream().map(Route::describe)
        .findFirst()
        .orElse("");
  }

  @Test
  void theCommandLineCountsMoreThanWhatIsKeptAndThatIsReadAnewAtEveryAttempt() throws IOException {
    var store = new ProxyStore(new DiskFiles(folder));
    store.write("http://jane:secret@kept.example:1", new SecureRandom());
    assertThat(first("", store)).isEqualTo("http proxy kept.example:1");
    assertThat(first("socks5://given.example", store)).isEqualTo("socks5 proxy given.example:1080");

    environment.put("SALLYPORT_PROXY", "http://variable.example:2");
    assertThat(first("", store)).isEqualTo("http proxy variable.example:2");
    environment.clear();

    store.write("direct", new SecureRandom());
    assertThat(first("", store)).isEqualTo("direct");
  }
}
