package dev.sallyport.session.stream;

import module java.base;

import dev.sallyport.protocol.frame.Frame;

/** What a host may do at any time, chosen by a byte; refusals that the calls document are part of it. */
final class HostMoves {
  private HostMoves() {
  }

  static void move(Session session, List<SessionStream> streams, int choice) {
    try {
      switch (choice & 7) {
        case 0 -> session.nextMessage();
        case 1 -> session.ping(choice);
        case 2 -> session.onTick(choice * 10_000_000_000L, new SplittableRandom(choice));
        case 3 -> {
          SessionStream opened = session.tryOpen(choice & 0xFF, new byte[choice & 0xFF]);
          if (opened != null) {
            streams.add(opened);
          }
        }
        default -> moveStream(streams, choice);
      }
    } catch (StreamResetException | SessionClosedException | InterruptedException | IllegalStateException refused) {
      Objects.requireNonNull(refused.getMessage());
    }
  }

  private static void moveStream(List<SessionStream> streams, int choice) throws StreamResetException,
      SessionClosedException, InterruptedException {
    if (streams.isEmpty()) {
      return;
    }
    SessionStream stream = streams.get((choice >>> 3 & 31) % streams.size());
    switch (choice & 7) {
      case 4 -> stream.tryWrite(new byte[(choice & 0xFF) * (Frame.MAX_DATA_BYTES / 256)], (choice & 0x80) != 0);
      case 5 -> stream.reset(choice & 0xFF);
      default -> {
        while (stream.isReadable() && stream.read() != null) {
          stream.priority(Priority.BULK);
        }
      }
    }
  }
}
