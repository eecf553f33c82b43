package dev.sallyport.server.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.enrol.EnrolBundle;
import dev.sallyport.protocol.enrol.SignedBundle;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.fake.ServerTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lets machines in. */
class EnrolmentTokensTest extends ServerTest {
  @Test
  void theFirstStartMakesASiteAndLaterOnesFindIt() {
    var again = new Sites(database, clock);
    assertThat(again.first()).isEqualTo(server.sites.first());
    assertThat(again.first().name()).isEqualTo("default");
  }

  @Test
  void theBundleSaysAllAnAgentNeeds() {
    EnrolmentTokens.Issued issued = server.tokens.issue(terms(Json.parse("{}")), "olivia");
    EnrolBundle bundle = SignedBundle.ofText(issued.bundle().text()).delivered();

    assertThat(bundle.site()).isEqualTo(server.sites.first().id());
    assertThat(bundle.servers()).containsExactly(URI.create("wss://sallyport.example:8443/agent"));
    assertThat(bundle.serverKeys()).hasSize(1);
    assertThat(bundle.token().id().hex()).isEqualTo(issued.id());
    assertThat(bundle.expires()).isEqualTo(issued.expires()).isEqualTo(clock.instant().plus(Duration.ofHours(24)));
  }

  @Test
  void anOperatorMayNameOtherAddresses() {
    var issued = server.tokens.issue(terms(Json.parse("{\"servers\":[\"wss://other.example/agent\"]}")), "olivia");
    assertThat(issued.bundle().delivered().servers()).containsExactly(URI.create("wss://other.example/agent"));
    assertThatThrownBy(() -> server.tokens.issue(terms(Json.parse("{\"servers\":[\"file:///etc/passwd\"]}")), "olivia"))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  @DisplayName("T3 ids and secrets are drawn anew each time, 128 and 256 bits")
  void idsAndSecretsAreDrawnAnewEachTime() {
    var seen = new ArrayList<Bytes>();
    for (int i = 0; i < 50; i++) {
      var token = server.tokens.issue(terms(Json.parse("{}")), "olivia").bundle().delivered().token();
      seen.add(token.id().requireLength("id", 16));
      seen.add(Bytes.of(token.secret()).requireLength("secret", 32));
    }
    assertThat(seen).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("A4 the database holds neither the secret nor what it derives in the clear")
  void theDatabaseHoldsNoSecret() {
    var issued = server.tokens.issue(terms(Json.parse("{}")), "olivia");
    byte[] sealed = database.<byte[]>read(
        sql -> sql.sql("SELECT secret FROM enrolment_token WHERE id = ?").param(issued.id())
            .query((row, _) -> row.getBytes(1)).single());
    String hex = Bytes.of(sealed).hex();
    EnrolmentToken kept = server.tokens.find(Bytes.ofHex(issued.id())).orElseThrow();

    assertThat(hex).doesNotContain(Bytes.of(issued.bundle().delivered().token().secret()).hex());
    assertThat(hex).doesNotContain(Bytes.of(kept.secret().bytes()).hex());
    assertThat(kept.toString()).doesNotContain(Bytes.of(kept.secret().bytes()).hex());
  }

  @Test
  void aTokenForSeveralMachinesAsksForApprovalUnlessToldOtherwise() {
    assertThat(terms(Json.parse("{}")).approval()).isEqualTo(Approval.AUTO);
    assertThat(terms(Json.parse("{\"maxUses\":2}")).approval()).isEqualTo(Approval.MANUAL);
    assertThat(terms(Json.parse("{\"maxUses\":2,\"approval\":\"auto\"}")).approval()).isEqualTo(Approval.AUTO);
    assertThat(terms(Json.parse("{\"approval\":\"manual\"}")).approval()).isEqualTo(Approval.MANUAL);
  }

  @Test
  void networksAreKeptWithTheToken() {
    var issued = server.tokens.issue(terms(Json.parse("{\"networks\":[\"10.0.0.0/8\",\"2001:db8::/32\"]}")), "olivia");
    EnrolmentToken kept = server.tokens.find(Bytes.ofHex(issued.id())).orElseThrow();
    assertThat(kept.allows("10.9.8.7")).isTrue();
    assertThat(kept.allows("2001:db8::1")).isTrue();
    assertThat(kept.allows("192.0.2.1")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"maxUses\":0}", "{\"maxUses\":10001}", "{\"maxUses\":\"1\"}", "{\"expiresInSeconds\":0}",
      "{\"expiresInSeconds\":2592001}", "{\"approval\":\"maybe\"}", "{\"networks\":[\"10.0.0.0\"]}",
      "{\"networks\":[\"10.0.0.0/33\"]}",
      "{\"networks\":[\"example.com/8\"]}", "{\"servers\":[\"no address\"]}", "{\"site\":\"other\"}",
      "{\"maxUses\":null}"})
  void termsOutOfBoundsAreRefusedByName(String json) {
    String field = json.substring(2, json.indexOf('"', 2));
    assertThatThrownBy(() -> terms(Json.parse(json))).isInstanceOf(ProtocolException.class).hasMessageContaining(field);
  }

  private static TokenTerms terms(Json json) {
    return TokenTerms.fromJson((JsonObject) json);
  }
}
