package dev.sallyport.benchmark.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sallyport.testing.installation.Program;

/**
 * What a process's TCP connections have carried, as the kernel counts it ({@code ss}, of iproute2).
 *
 * @param payload bytes inside of segments, both ways
 * @param segments both ways, those without payload too
 */
record WireCount(long payload, long segments) {
  /** An IPv4 header, and that of TCP with time stamps. */
  private static final int HEADER_BYTES = 20 + 32;
  private static final Pattern PAYLOAD = Pattern.compile("bytes_(?:sent|received):(\\d+)");
  private static final Pattern SEGMENTS = Pattern.compile("\\bsegs_(?:out|in):(\\d+)");

  /** The connections that a process has now. */
  static WireCount of(long pid, Path directory) throws IOException {
    Path said = Files.createTempFile(directory, "ss", ".txt");
    Program.start(said, List.of("ss", "-tinpHO", "state", "established")).awaitSuccess();
    long payload = 0;
    long segments = 0;
    for (String line : Files.readAllLines(said)) {
      if (line.contains("pid=" + pid + ",")) {
        payload += sum(PAYLOAD.matcher(line));
        segments += sum(SEGMENTS.matcher(line));
      }
    }
    return new WireCount(payload, segments);
  }

  private static long sum(Matcher numbers) {
    return numbers.results().mapToLong(found -> Long.parseLong(found.group(1))).sum();
  }

  /** All bytes since an earlier count, headers included. */
  long since(WireCount before) {
    return payload - before.payload() + HEADER_BYTES * (segments - before.segments());
  }
}
