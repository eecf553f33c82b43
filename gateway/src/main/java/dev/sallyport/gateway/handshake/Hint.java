package dev.sallyport.gateway.handshake;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.message.FailCode;

/** What stands in clear in a HELLO's header (B.4), as far as it decides who answers. */
final class Hint {
  private static final byte[] MAGIC = {'S', 'L', 'P', '1'};
  private static final int VERSION_AT = 5;
  private static final int VERSION = 0x01;
  private static final int SUITE_AT = 6;
  private static final int SUITE = 0x02;
  private static final Bytes NONE = Bytes.of(new byte[16]);

  private Hint() {
  }

  /** Refuses other protocols and other versions of this one, with the code that says which it is. */
  static void requireVersion(byte[] hello) throws RefusalException {
    for (int i = 0; i < MAGIC.length; i++) {
      if (hello[1 + i] != MAGIC[i]) {
        throw Answers.failed(FailCode.MALFORMED);
      }
    }
    if (hello[VERSION_AT] != VERSION || hello[SUITE_AT] != SUITE) {
      throw Answers.failed(FailCode.BAD_VERSION);
    }
  }

  /** Whether the hint names an enrolment token. */
  static boolean namesToken(Bytes hint) {
    return !hint.equals(NONE);
  }
}
