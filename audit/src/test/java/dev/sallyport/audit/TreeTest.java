package dev.sallyport.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.sallyport.protocol.Bytes;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Roots and proofs against the vectors of certificate-transparency and against the definition. */
final class TreeTest {
  /** The leaves and roots that the tests of certificate-transparency use. */
  private static final List<String> LEAVES = List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657",
      "606162636465666768696a6b6c6d6e6f");
  private static final List<String> ROOTS = List.of(
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  /** A tree in memory, with its full tiles kept. */
  private static final class Memory implements TileSource {
    private final HashStack stack = new HashStack();
    private final Map<TileId, byte[]> full = new HashMap<>();
    private final List<byte[]> leaves = new ArrayList<>();

    void add(byte[] leaf) {
      leaves.add(leaf);
      stack.add(leaf, full::put);
    }

    @Override
    public byte[] tile(TileId id) {
      byte[] whole = full.get(new TileId(id.level(), id.index(), TileId.FULL));
      return whole == null
          ? stack.partial(id.level(), id.width())
          : Arrays.copyOf(whole, id.width() * TreeHash.BYTES);
    }

    Tree tree() {
      return new Tree(this, leaves.size());
    }
  }

  private static Memory vectors(int count) {
    var memory = new Memory();
    LEAVES.subList(0, count).forEach(leaf -> memory.add(TreeHash.leaf(HexFormat.of().parseHex(leaf))));
    return memory;
  }

  private static List<String> hex(List<Bytes> proof) {
    return proof.stream().map(Bytes::hex).toList();
  }

  @Test
  void theRootsAreThoseOfCertificateTransparency() throws IOException {
    assertThat(Bytes.of(TreeHash.empty()).hex())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (int size = 1; size <= LEAVES.size(); size++) {
      assertThat(vectors(size).tree().root(size).hex()).isEqualTo(ROOTS.get(size - 1));
    }
  }

  @Test
  void theProofsAreThoseOfCertificateTransparency() throws IOException {
    assertThat(hex(vectors(8).tree().inclusion(0))).containsExactly(
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
    assertThat(hex(vectors(8).tree().inclusion(5))).containsExactly(
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
    assertThat(hex(vectors(8).tree().consistency(6))).containsExactly(
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
    assertThat(hex(vectors(5).tree().consistency(2))).containsExactly(
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b");
    assertThat(vectors(8).tree().consistency(8)).isEmpty();
  }

  @Test
  void everyTreeOfEverySizeHasTheRootOfTheDefinitionAndProofsThatHold() throws IOException {
    var memory = new Memory();
    for (int size = 1; size <= 65; size++) {
      memory.add(TreeHash.leaf(Entries.entry(size - 1)));
      Bytes root = memory.tree().root(size);
      assertThat(root).isEqualTo(Entries.naiveRootOf(memory.leaves));
      for (int i = 0; i < size; i++) {
        List<Bytes> proof = memory.tree().inclusion(i);
        assertThat(Proofs.includes(Entries.entry(i), i, size, root, proof)).isTrue();
        assertThat(Proofs.includes(Entries.entry(i + 1), i, size, root, proof)).isFalse();
      }
      for (int before = 0; before <= size; before++) {
        assertThat(Proofs.extend(before, memory.tree().root(before), size, root, memory.tree().consistency(before)))
            .isTrue();
      }
    }
  }

  @Test
  void proofsHoldInTreesOfThreeLevelsOfTiles() throws IOException {
    var memory = new Memory();
    int size = TileId.FULL * TileId.FULL + 700;
    for (int i = 0; i < size; i++) {
      memory.add(TreeHash.leaf(Entries.entry(i)));
    }
    Bytes root = memory.tree().root(size);
    assertThat(root).isEqualTo(Entries.naiveRootOf(memory.leaves));
    var random = new Random(6962);
    for (int round = 0; round < 50; round++) {
      int i = random.nextInt(size);
      assertThat(Proofs.includes(Entries.entry(i), i, size, root, memory.tree().inclusion(i))).isTrue();
      int before = random.nextInt(size);
      assertThat(Proofs.extend(before, memory.tree().root(before), size, root, memory.tree().consistency(before)))
          .isTrue();
    }
  }

  @Test
  void aProofThatWasMeddledWithProvesNothing() throws IOException {
    var memory = new Memory();
    Entries.upTo(37).forEach(entry -> memory.add(TreeHash.leaf(entry)));
    Bytes root = memory.tree().root(37);
    Bytes before = memory.tree().root(20);
    List<Bytes> inclusion = memory.tree().inclusion(11);
    List<Bytes> consistency = memory.tree().consistency(20);
    for (int i = 0; i < inclusion.size(); i++) {
      assertThat(Proofs.includes(Entries.entry(11), 11, 37, root, flipped(inclusion, i))).isFalse();
      assertThat(Proofs.includes(Entries.entry(11), 11, 37, root, without(inclusion, i))).isFalse();
    }
    for (int i = 0; i < consistency.size(); i++) {
      assertThat(Proofs.extend(20, before, 37, root, flipped(consistency, i))).isFalse();
      assertThat(Proofs.extend(20, before, 37, root, without(consistency, i))).isFalse();
    }
    var longer = new ArrayList<>(consistency);
    longer.add(root);
    assertThat(Proofs.extend(20, before, 37, root, longer)).isFalse();
    assertThat(Proofs.extend(19, before, 37, root, consistency)).isFalse();
    assertThat(Proofs.extend(37, before, 20, root, List.of())).as("a log never shrinks").isFalse();
    assertThat(Proofs.extend(37, before, 37, root, List.of())).as("nor changes").isFalse();
    assertThat(Proofs.extend(0, root, 37, root, List.of())).as("the empty tree has one root").isFalse();
    assertThat(Proofs.includes(Entries.entry(11), 37, 37, root, inclusion)).isFalse();
    assertThat(Proofs.includes(Entries.entry(11), -1, 37, root, inclusion)).isFalse();
    assertThat(Proofs.extend(20, before, 37, root, List.of(Bytes.of(new byte[31])))).isFalse();
    assertThat(Proofs.extend(20, before, 37, root, java.util.Collections.nCopies(65, root))).isFalse();
  }

  @Test
  void aTreeNeverSpeaksOfWhatItDoesNotHave() {
    Tree tree = vectors(5).tree();
    assertThatThrownBy(() -> tree.inclusion(5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tree.consistency(6)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tree.root(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("tiles are named as C2SP tlog-tiles says")
  void tilesAreNamedAsTheSpecificationSays() {
    assertThat(new TileId(0, 0, 256).path()).isEqualTo("tile/0/000");
    assertThat(new TileId(1, 999, 7).path()).isEqualTo("tile/1/999.p/7");
    assertThat(new TileId(0, 1_000, 256).path()).isEqualTo("tile/0/x001/000");
    assertThat(new TileId(0, 1_234_067, 12).path()).isEqualTo("tile/0/x001/x234/067.p/12");
    assertThat(TileId.entriesPath(1_234_067, 256)).isEqualTo("tile/entries/x001/x234/067");
    assertThatThrownBy(() -> new TileId(0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TileId(8, 0, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  private static List<Bytes> flipped(List<Bytes> proof, int which) {
    var changed = new ArrayList<>(proof);
    byte[] hash = changed.get(which).toArray();
    hash[which % hash.length] ^= 1;
    changed.set(which, Bytes.of(hash));
    return changed;
  }

  private static List<Bytes> without(List<Bytes> proof, int which) {
    var changed = new ArrayList<>(proof);
    changed.remove(which);
    return changed;
  }
}
