package dev.sallyport.server.backup;

/** Counts what went through. */
final class Tally {
  private final Progress progress;
  private long rows;
  private long files;
  private long bytes;

  Tally(Progress progress) {
    this.progress = progress;
  }

  void row() {
    rows++;
    progress.at(rows, files, bytes);
  }

  void file() {
    files++;
    progress.at(rows, files, bytes);
  }

  void bytes(long more) {
    bytes += more;
    progress.at(rows, files, bytes);
  }

  Contents contents() {
    return new Contents(rows, files, bytes);
  }
}
