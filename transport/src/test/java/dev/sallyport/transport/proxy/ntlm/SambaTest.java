package dev.sallyport.transport.proxy.ntlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Samba's {@code ntlm_auth} judges a log-in as the helper of a proxy; it knows one user and needs no domain for that. */
@DisplayName("K6 NTLM before Samba")
final class SambaTest {
  private static final Path PROGRAM = Path.of("/usr/bin/ntlm_auth");

  @TempDir
  Path directory;

  @ParameterizedTest
  @CsvSource({"OFFICE\\jane, s3cret", "OFFICE\\Jane, pässwörd€", "jane, s3cret", "jane@OFFICE, x"})
  void lets(String user, String password) throws IOException {
    assertThat(verdict(user, password, password)).startsWith("AF ");
  }

  @Test
  void doesNotLetAWrongPasswordPass() throws IOException {
    assertThat(verdict("OFFICE\\jane", "s3cret", "S3cret")).startsWith("NA ");
  }

  private String verdict(String user, String known, String password) throws IOException {
    assumeTrue(Files.isExecutable(PROGRAM), PROGRAM + " is not installed here (Debian: apt-get install winbind)");
    String place = directory.toString();
    Path settings = Files.writeString(directory.resolve("smb.conf"), "[global]\nworkgroup=OFFICE\nprivate dir=" + place
        + "\nlock directory=" + place + "\nstate directory=" + place + "\ncache directory=" + place
        + "\npid directory=" + place + "\n");
    var login = new NtlmLogin(user, password, new SecureRandom(), InstantSource.system());
    Process samba = new ProcessBuilder(PROGRAM.toString(), "--helper-protocol=squid-2.5-ntlmssp", "--username=jane",
        "--domain=OFFICE", "--password=" + known, "--configfile=" + settings)
        .redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (var in = samba.outputWriter(); var out = samba.inputReader()) {
      in.write("YR " + Base64.getEncoder().encodeToString(login.negotiate()) + "\n");
      in.flush();
      String challenge = String.valueOf(out.readLine());
      assertThat(challenge).startsWith("TT ");
      in.write("KK " + Base64.getEncoder()
          .encodeToString(login.authenticate(Base64.getDecoder().decode(challenge.substring(3)))) + "\n");
      in.flush();
      return String.valueOf(out.readLine());
    } finally {
      samba.destroyForcibly();
    }
  }
}
