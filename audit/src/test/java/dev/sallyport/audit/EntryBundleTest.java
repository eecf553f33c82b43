package dev.sallyport.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import dev.sallyport.protocol.ProtocolException;
import org.junit.jupiter.api.Test;

final class EntryBundleTest {
  @Test
  void whatIsWrittenIsReadBack() {
    List<byte[]> entries = Entries.upTo(TileId.FULL);
    assertThat(EntryBundle.read(EntryBundle.write(entries))).usingRecursiveComparison().isEqualTo(entries);
    assertThat(EntryBundle.read(new byte[0])).isEmpty();
  }

  @Test
  void aBundleThatIsCutOffAnywhereIsRefused() {
    byte[] bundle = EntryBundle.write(Entries.upTo(3));
    int whole = bundle.length / 3;
    for (int length = 1; length < bundle.length; length++) {
      if (length % whole != 0) {
        byte[] cut = Arrays.copyOf(bundle, length);
        assertThatThrownBy(() -> EntryBundle.read(cut)).isInstanceOf(ProtocolException.class);
      }
    }
  }

  @Test
  void whatIsNoLineIsNoEntry() {
    assertThatThrownBy(() -> EntryBundle.write(List.of(new byte[0]))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> EntryBundle.write(List.of("a\nb".getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> EntryBundle.write(List.of(new byte[EntryBundle.MAX_ENTRY_BYTES + 1])))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> EntryBundle.read(new byte[]{0, 3, 'a', 0, 'b'})).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> EntryBundle.read(new byte[]{0, 0})).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> EntryBundle.read(new byte[]{(byte) 0xff, (byte) 0xff, 'a'}))
        .isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> EntryBundle.read(EntryBundle.write(Entries.upTo(TileId.FULL + 1))))
        .isInstanceOf(ProtocolException.class);
  }
}
