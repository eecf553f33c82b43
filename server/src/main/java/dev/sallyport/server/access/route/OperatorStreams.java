package dev.sallyport.server.access.route;

import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.access.Gate;
import dev.sallyport.server.access.OperatorAuthentication;
import dev.sallyport.server.web.EventSource;
import dev.sallyport.server.web.EventStreams;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Event streams for the operator of the calling request: they end when its session, token, account or right to read does (T45). */
public final class OperatorStreams {

  private final EventStreams streams;
  private final Gate gate;

  public OperatorStreams(EventStreams streams, Gate gate) {
    this.streams = streams;
    this.gate = gate;
  }

  /** Streams on the calling thread until it is over; see {@link EventStreams#serve}. */
  public void serve(HttpServletRequest request, HttpServletResponse response, EventSource source) {
    OperatorAuthentication caller = OperatorAuthentication.ofCaller();
    var holder = new EventStreams.Holder(caller.operator().account(), caller.operator().credential());
    streams.serve(holder, () -> caller.stillValid() && gate.may(caller.operator(), ActionClass.READ), request, response,
        source);
  }
}
