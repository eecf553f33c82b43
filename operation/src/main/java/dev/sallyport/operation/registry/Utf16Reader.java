package dev.sallyport.operation.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;

/**
 * Reads units of UTF-16, the lower byte first, as they are. The JDK's own reader stops at half a pair, which a registry may hold all the
 * same.
 */
final class Utf16Reader extends Reader {
  private final InputStream in;

  Utf16Reader(InputStream in) {
    this.in = in;
  }

  @Override
  public int read(char[] into, int offset, int count) throws IOException {
    byte[] bytes = in.readNBytes(2 * count);
    int units = bytes.length / 2;
    for (int i = 0; i < units; i++) {
      into[offset + i] = (char) ((bytes[2 * i] & 0xff) | ((bytes[2 * i + 1] & 0xff) << 8));
    }
    return units == 0 && count > 0 ? -1 : units;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
