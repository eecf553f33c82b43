package dev.sallyport.agent.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

import dev.sallyport.agent.state.DiskFiles;
import dev.sallyport.agent.state.StateException;
import dev.sallyport.agent.state.StateRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("K6 the proxy that is kept")
final class ProxyStoreTest {
  private static final String PROXY = "http://jane:p%C3%A4ssword@proxy.example:3128";

  @TempDir
  private Path folder;

  private ProxyStore store() {
    return new ProxyStore(new DiskFiles(folder));
  }

  @Test
  void comesBackAsItWasGivenAndTheLastOneCounts() throws IOException {
    assertThat(store().read()).isEmpty();

    store().write("direct", new SecureRandom());
    store().write(PROXY, new SecureRandom());
    assertThat(store().read()).isEqualTo(PROXY);
  }

  @Test
  void noFileShowsItAndNobodyElseMayReadThem() throws IOException {
    store().write(PROXY, new SecureRandom());

    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(2).allSatisfy(file -> {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)).doesNotContain("jane", "ssword",
            "proxy.example");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
      });
    }
  }

  @Test
  void everyTimeUnderANewKey() throws IOException {
    store().write(PROXY, new SecureRandom());
    byte[] key = Files.readAllBytes(folder.resolve("proxy-key"));
    byte[] text = Files.readAllBytes(folder.resolve("proxy"));
    store().write(PROXY, new SecureRandom());

    assertThat(Files.readAllBytes(folder.resolve("proxy-key"))).isNotEqualTo(key);
    assertThat(Files.readAllBytes(folder.resolve("proxy"))).isNotEqualTo(text);
  }

  @Test
  void whatSomebodyChangedIsRefusedWithAnAdvice() throws IOException {
    store().write(PROXY, new SecureRandom());
    var record = new StateRecord(new DiskFiles(folder), "proxy", 1);
    byte[] body = record.read();
    for (int at : new int[]{0, 12, body.length - 1}) {
      byte[] changed = body.clone();
      changed[at] ^= 1;
      record.write(changed);
      assertThatThrownBy(() -> store().read()).isInstanceOf(StateException.class).hasMessageContaining("proxy set");
    }
    record.write(new byte[5]);
    assertThatThrownBy(() -> store().read()).isInstanceOf(StateException.class).hasMessageContaining("proxy set");
    record.write(body);
    Files.delete(folder.resolve("proxy-key"));
    assertThatThrownBy(() -> store().read()).isInstanceOf(StateException.class).hasMessageContaining("proxy set");
  }

  @Test
  void clearedItIsGone() throws IOException {
    store().clear();
    store().write(PROXY, new SecureRandom());
    store().clear();

    assertThat(store().read()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }
}
