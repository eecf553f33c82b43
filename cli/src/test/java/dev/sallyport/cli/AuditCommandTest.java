package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Map;

import dev.sallyport.audit.LogWriter;
import dev.sallyport.audit.NoteKey;
import dev.sallyport.protocol.enrol.Ed25519;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit log from the command line: a copy of its files, and a server that is asked. */
final class AuditCommandTest {
  private static final int ENTRIES = 3;

  @TempDir
  Path home;
  @SuppressWarnings("NullAway.Init")
  private FakeApi api;
  @SuppressWarnings("NullAway.Init")
  private Map<String, String> environment;
  @SuppressWarnings("NullAway.Init")
  private Path log;
  @SuppressWarnings("NullAway.Init")
  private Path key;

  @BeforeEach
  void writeALog() throws Exception {
    api = new FakeApi(home);
    environment = api.environment(home);
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    log = Files.createDirectory(home.resolve("audit"));
    var name = new NoteKey("sallyport/test/audit", Ed25519.raw(pair.getPublic()));
    try (LogWriter writer = LogWriter.open(log, name, pair.getPrivate())) {
      for (int n = 0; n < ENTRIES; n++) {
        writer.append(entry(n).getBytes(StandardCharsets.UTF_8));
      }
    }
    key = Files.copy(log.resolve("vkey"), home.resolve("vkey"));
  }

  @AfterEach
  void stopServer() {
    api.close();
  }

  private static String entry(int n) {
    return "{\"n\":" + n + ",\"ts\":\"2026-01-01T00:00:0" + n + "Z\",\"type\":\"machines.approve\",\"actor\":{\"user\":"
        + "\"ada\"},\"machine\":\"m1\",\"res\":\"ok\"}";
  }

  private Call call(String... arguments) {
    return Call.with(environment, "", arguments);
  }

  private Call verify(String... more) {
    String[] all = java.util.Arrays.copyOf(new String[]{"audit", "verify", "--log", log.toString(), "--vkey",
        key.toString()}, 6 + more.length);
    System.arraycopy(more, 0, all, 6, more.length);
    return call(all);
  }

  @Test
  void aSoundLogIsSaidToBe() throws IOException {
    assertThat(verify().exit()).isZero();
    assertThat(verify().out()).startsWith("All 3 entries are as they were signed");
    assertThat(verify("--json").out()).startsWith("{\"verdict\":\"ok\",\"entries\":3,");
    Path kept = Files.copy(log.resolve("checkpoint"), home.resolve("kept"));
    assertThat(verify("--from", kept.toString()).exit()).isZero();
  }

  @Test
  @DisplayName("a log that was altered, or shorter than a checkpoint kept elsewhere, exits with 1, and one with a hole with 2")
  void whatIsWrongIsInTheExitCode() throws IOException {
    Path bundle = log.resolve("tile/entries/000.p/3");
    byte[] before = Files.readAllBytes(bundle);
    byte[] altered = before.clone();
    altered[altered.length - 4] ^= 1;
    Files.write(bundle, altered);
    assertThat(verify().exit()).isEqualTo(1);
    assertThat(verify().out()).isEqualTo("TAMPERED: Entry 2 is not the one that was recorded.\n");
    assertThat(verify("--json").out()).startsWith("{\"verdict\":\"tampered\",\"entry\":2,");
    Files.delete(bundle);
    assertThat(verify().exit()).isEqualTo(2);
    assertThat(verify("--json").out()).startsWith("{\"verdict\":\"incomplete\"");
  }

  @Test
  void wrongInputIsUsage() throws IOException {
    assertThat(call("audit").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(call("audit", "verify", "--log", "nowhere", "--vkey", key.toString()).exit()).isEqualTo(ExitCode.USAGE);
    Files.writeString(key, "nonsense");
    assertThat(verify().exit()).isEqualTo(ExitCode.USAGE);
    assertThat(verify().err()).contains("is no verifier key");
    assertThat(call("audit", "search", "--limit", "0").exit()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void entriesAreExportedByteForByte() {
    assertThat(call("audit", "export", "--log", log.toString(), "--vkey", key.toString(), "--from-entry", "1").out())
        .isEqualTo(entry(1) + "\n" + entry(2) + "\n");
  }

  @Test
  void aSearchShowsALineForEach() {
    api.json("GET /api/v1/audit", 200, "{\"entries\":[" + entry(2) + "," + entry(0) + "],\"next\":null}");
    assertThat(call("audit", "search", "--person", "ada", "--limit", "2").out()).isEqualTo("""
        2026-01-01T00:00:02Z  machines.approve  by ada  machine m1  ok
        2026-01-01T00:00:00Z  machines.approve  by ada  machine m1  ok
        """);
    assertThat(call("audit", "tail", "--json").out()).isEqualTo(entry(0) + "\n" + entry(2) + "\n");
  }

  @Test
  void aProofIsCheckedAndAForgedOneRefused() throws IOException {
    String note = Files.readString(log.resolve("checkpoint")).replace("\n", "\\n");
    String line = Base64.getEncoder().encodeToString(entry(2).getBytes(StandardCharsets.UTF_8));
    byte[] hashes = Files.readAllBytes(log.resolve("tile/0/000.p/3"));
    String sibling = Base64.getEncoder().encodeToString(node(hashes));
    api.json("GET /api/v1/audit/entries/2/proof", 200,
        "{\"number\":2,\"entry\":\"" + line + "\",\"proof\":[\"" + sibling + "\"],\"checkpoint\":\"" + note + "\"}");
    Call proven = call("audit", "prove", "--entry", "2", "--vkey", key.toString());
    assertThat(proven.out()).isEqualTo(entry(2) + "\n");
    api.json("GET /api/v1/audit/entries/2/proof", 200,
        "{\"number\":2,\"entry\":\"" + line.replace('e', 'f') + "\",\"proof\":[\"" + sibling + "\"],\"checkpoint\":\""
            + note + "\"}");
    Call forged = call("audit", "prove", "--entry", "2", "--vkey", key.toString());
    assertThat(forged.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(forged.err()).contains("NOT proven");
  }

  /** The node over the first two of these hashes (RFC 6962). */
  private static byte[] node(byte[] hashes) {
    try {
      var digest = java.security.MessageDigest.getInstance("SHA-256");
      digest.update((byte) 1);
      digest.update(hashes, 0, 64);
      return digest.digest();
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
