package dev.sallyport.transport.proxy;

import java.io.IOException;
import java.util.Optional;

/**
 * A proxy itself cannot be used: it does not answer, or lets nobody in who logs in like this. No other door need be asked for through it now,
 * and a password that was wrong must not be: it could lock the account.
 */
sealed class UnusableProxyException extends IOException permits LoginRefusedException {
  private static final long serialVersionUID = 1L;

  /** @param message what failed, why, and what to do */
  UnusableProxyException(String message) {
    super(message);
  }

  /** @param message what failed, why, and what to do */
  UnusableProxyException(String message, IOException cause) {
    super(message, cause);
  }

  /** The one that this failure comes from, if any. */
  static Optional<UnusableProxyException> behind(IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnusableProxyException unusable) {
        return Optional.of(unusable);
      }
    }
    return Optional.empty();
  }
}
