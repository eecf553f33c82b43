package dev.sallyport.server.transfer;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.operation.InputDigest;
import dev.sallyport.protocol.operation.TransferOperation;

/**
 * Where a file goes on a machine.
 *
 * @param mode four octal digits; empty for that of the file that is replaced, or 0600
 * @param owner name of an account; empty likewise, or the agent's
 * @param group name of a group; empty likewise
 */
record Target(String path, String mode, String owner, String group) {
  private static final String NOBODYS_TRANSFER = "00000000-0000-0000-0000-000000000000";

  /** @throws ProtocolException naming what no machine would take */
  static void check(Target target) {
    var _ = target.commit(NOBODYS_TRANSFER, 0, InputDigest.NONE.sha256());
  }

  /** The operation that gives a transferred file its place. */
  TransferOperation.Commit commit(String transfer, long bytes, Bytes sha256) {
    return new TransferOperation.Commit(transfer, path, bytes, sha256, mode, owner, group);
  }
}
