package dev.sallyport.protocol.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.Seeded;
import dev.sallyport.protocol.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of an audit, and the digest of what they come to. */
final class AuditChangeTest {
  @Test
  void whatIsWrittenIsReadAgainAndHasTheSameDigest() {
    Seeded.forSeeds(200, seeded -> {
      var item = new AuditItem("k" + seeded.plain(100), JsonObject.builder().put("text", seeded.plain(200))
          .put("number", seeded.between(Long.MIN_VALUE, Long.MAX_VALUE)).put("truth", seeded.coin()).build());
      AuditChange read = AuditChange.parse(new AuditChange.Put(item).line());
      assertThat(read).isEqualTo(new AuditChange.Put(item));
      assertThat(((AuditChange.Put) read).item().digest()).isEqualTo(item.digest());
    });
  }

  @Test
  void theLongestItemFitsItsLine() {
    var fields = JsonObject.builder();
    for (int i = 0; i < AuditItem.MAX_FIELDS; i++) {
      fields.put("f" + "x".repeat(29) + (char) ('a' + i), "<".repeat(AuditItem.MAX_TEXT_LENGTH));
    }
    var change = new AuditChange.Put(new AuditItem("<".repeat(AuditItem.MAX_KEY_BYTES), fields.build()));
    assertThat(change.line().length).isLessThan(AuditChange.MAX_LINE_BYTES);
    assertThat(AuditChange.parse(change.line())).isEqualTo(change);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "{\"key\":\"\"}", "{\"key\":5}", "{\"key\":\"a\\u001b[2J\"}",
      "{\"key\":\"a\",\"fields\":[]}", "{\"key\":\"a\",\"fields\":{\"x\":null}}", "{\"key\":\"a\",\"more\":1}",
      "{\"key\":\"a\",\"fields\":{\"x\":{}}}", "{\"key\":\"a\",\"fields\":{\"x\":1.5}}",
      "{\"key\":\"a\",\"fields\":{\"<b>\":1}}", "{\"key\":\"a\",\"fields\":{\"\":1}}",
      "{\"key\":\"a\",\"fields\":{\"x\":\"\\n\"}}", "{\"key\":\"a\",\"key\":\"b\"}"})
  void whatIsNoChangeIsRefused(String line) {
    assertThatThrownBy(() -> AuditChange.parse(line.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void theDigestFollowsFromWhatThereIsWhateverTheOrder() {
    List<byte[]> items = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      items.add(new AuditItem("k" + i, JsonObject.builder().put("n", i).build()).digest());
    }
    var forward = new SectionDigest();
    items.forEach(forward::toggle);
    var backward = SectionDigest.ofText(new SectionDigest().text());
    items.reversed().forEach(backward::toggle);
    assertThat(backward.text()).isEqualTo(forward.text());

    backward.toggle(items.getFirst());
    assertThat(backward.text()).isNotEqualTo(forward.text());
    backward.toggle(items.getFirst());
    assertThat(backward.text()).isEqualTo(forward.text());
  }

  @Test
  void aSummaryIsReadAsItWasWritten() {
    String digest = new SectionDigest().text();
    for (var summary : List.of(new AuditSummary("", digest, 0, false, List.of()),
        new AuditSummary(digest, "ab".repeat(32), 100_000, true, List.of("rpm", "snap")))) {
      assertThat(AuditSummary.fromJson(summary.toJson())).isEqualTo(summary);
    }
    assertThatThrownBy(() -> new AuditSummary("../x", digest, 0, false, List.of()))
        .isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> new AuditSummary("", digest, 100_001, false, List.of()))
        .isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> new AuditSummary("", digest, 0, false, List.of("a\u001b")))
        .isInstanceOf(ProtocolException.class);
  }
}
