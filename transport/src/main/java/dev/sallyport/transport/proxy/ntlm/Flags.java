package dev.sallyport.transport.proxy.ntlm;

import java.nio.charset.StandardCharsets;

/** What stands in all three messages (MS-NLMP section 2.2.2.5). Sealing and key exchange are not offered: they are RC4, and nothing is sealed here. */
final class Flags {
  static final byte[] SIGNATURE = "NTLMSSP\0".getBytes(StandardCharsets.US_ASCII);

  static final int UNICODE = 0x1;
  static final int TARGET_INFO = 0x80_0000;
  private static final int REQUEST_TARGET = 0x4;
  private static final int NTLM = 0x200;
  private static final int ALWAYS_SIGN = 0x8000;
  private static final int EXTENDED_SECURITY = 0x8_0000;

  /** What this client can do. */
  static final int OFFERED = UNICODE | REQUEST_TARGET | NTLM | ALWAYS_SIGN | EXTENDED_SECURITY | TARGET_INFO;

  private Flags() {
  }
}
