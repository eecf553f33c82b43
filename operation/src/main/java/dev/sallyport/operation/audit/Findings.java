package dev.sallyport.operation.audit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.audit.AuditItem;

/**
 * What a section holds, in memory: each item as the bytes its digest is of (key, a zero byte, fields as JSON), which sort by key, since no key
 * holds a zero byte. Bounded by {@link AuditItem#MAX_ITEMS} and {@link AuditItem#MAX_SECTION_BYTES}; what comes after that is left out.
 */
final class Findings {
  /** Of what Java counts as a character, in UTF-8. */
  private static final int MAX_BYTES_OF_A_CHARACTER = 3;

  private final List<byte[]> items = new ArrayList<>();
  private final List<String> unsupported = new ArrayList<>();
  private int bytes;
  private boolean cut;

  /** Takes an item; one of the same key as another is left out in the end. */
  void add(String key, Fields fields) {
    var item = new AuditItem(fitting(PlainText.clean(key, Integer.MAX_VALUE)), fields.build());
    byte[] name = item.key().getBytes(StandardCharsets.UTF_8);
    byte[] json = item.fields().bytes();
    int size = name.length + 1 + json.length;
    if (full() || size > AuditItem.MAX_SECTION_BYTES - bytes) {
      cut = true;
      return;
    }
    byte[] entry = Arrays.copyOf(name, size);
    System.arraycopy(json, 0, entry, name.length + 1, json.length);
    items.add(entry);
    bytes += size;
  }

  /** A key that is too long keeps its beginning, and its digest tells it from others that begin so. */
  private static String fitting(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= AuditItem.MAX_KEY_BYTES) {
      return key;
    }
    String digest = HexFormat.of().formatHex(Comparison.sha256(bytes));
    String begin = PlainText.clean(key, (AuditItem.MAX_KEY_BYTES - digest.length() - 1) / MAX_BYTES_OF_A_CHARACTER);
    return begin + " " + digest;
  }

  /** Whether no further item will be taken. */
  boolean full() {
    return items.size() >= AuditItem.MAX_ITEMS;
  }

  /** Whoever stops gathering since no further item would be taken says so. */
  void cut() {
    cut = true;
  }

  /** This machine has no such source. */
  void unsupported(String source) {
    unsupported.add(source);
  }

  boolean wasCut() {
    return cut;
  }

  List<String> unsupported() {
    return List.copyOf(unsupported);
  }

  /** All items in the order of their keys, of each key one. */
  List<byte[]> sorted() {
    items.sort(Arrays::compareUnsigned);
    var distinct = new ArrayList<byte[]>(items.size());
    for (byte[] item : items) {
      if (distinct.isEmpty() || !Arrays.equals(key(distinct.getLast()), key(item))) {
        distinct.add(item);
      }
    }
    return distinct;
  }

  /** The key of an item. */
  static byte[] key(byte[] item) {
    int end = 0;
    while (item[end] != 0) {
      end++;
    }
    return Arrays.copyOf(item, end);
  }

  /** The fields of an item, as JSON. */
  static byte[] fields(byte[] item, int keyLength) {
    return Arrays.copyOfRange(item, keyLength + 1, item.length);
  }
}
