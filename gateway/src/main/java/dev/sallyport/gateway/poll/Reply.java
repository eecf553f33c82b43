package dev.sallyport.gateway.poll;

import dev.sallyport.transport.poll.PollBody;

/** Answers one request, once; by any thread. */
interface Reply {
  /** As asked for. */
  void body(PollBody body);

  /** The link is no more. */
  void gone();

  /** The request is older than another that was answered. */
  void stale();
}
