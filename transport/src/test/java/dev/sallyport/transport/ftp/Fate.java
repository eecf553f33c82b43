package dev.sallyport.transport.ftp;

/** What becomes of one command. */
enum Fate {
  /** It is done and answered. */
  SERVED,
  /** The connection breaks before it is done. */
  CUT_BEFORE,
  /** It is done, and the connection breaks instead of the answer. */
  CUT_AFTER,
  /** Of a transfer, half the bytes go, then both connections break; other commands break before they are done. */
  CUT_WITHIN,
  /** Of a transfer, half the bytes go, and the server takes that for the whole; other commands are served. */
  CUT_SHORT
}
