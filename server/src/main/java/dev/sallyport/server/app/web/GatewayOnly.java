package dev.sallyport.server.app.web;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.ProxyConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Takes requests only from connections whose PROXY protocol header says who the client is and that it came over TLS.
 * Without this, Jetty would serve a connection that sends no header as one from nowhere.
 */
final class GatewayOnly extends Handler.Wrapper {

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (!request.isSecure()
        || !(request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress)) {
      request.getConnectionMetaData().getConnection().getEndPoint().close();
      callback.failed(new EofException("a request that did not come through the gateway")); // quiet: no stranger fills the log
      return true;
    }
    return super.handle(request, response, callback);
  }

  /** Reads the header, and closes a connection that begins with anything else. */
  static final class Header extends ProxyConnectionFactory {

    @Override
    protected void nextProtocol(Connector connector, EndPoint endPoint, ByteBuffer buffer) {
      endPoint.close();
    }
  }
}
