package dev.sallyport.gateway.relay;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.netty.handler.codec.haproxy.HAProxySSLTLV;
import io.netty.handler.codec.haproxy.HAProxyTLV;

/** The PROXY protocol header, version 2, that tells the web part who really called, and that it was over TLS. */
final class ProxyHeader {
  private static final byte TLS_VERSION = 0x21; // PP2_SUBTYPE_SSL_VERSION
  private static final byte OVER_TLS = 0x01; // PP2_CLIENT_SSL
  private static final int CLIENT_NOT_VERIFIED = 1; // zero would mean a client certificate was checked

  private ProxyHeader() {
  }

  static HAProxyMessage of(Channel front, String tlsVersion) {
    InetSocketAddress from = (InetSocketAddress) front.remoteAddress();
    InetSocketAddress to = (InetSocketAddress) front.localAddress();
    boolean v4 = from.getAddress() instanceof Inet4Address && to.getAddress() instanceof Inet4Address;
    HAProxyTLV version = new HAProxyTLV(TLS_VERSION, Unpooled.copiedBuffer(tlsVersion, StandardCharsets.US_ASCII));
    return new HAProxyMessage(HAProxyProtocolVersion.V2, HAProxyCommand.PROXY,
        v4 ? HAProxyProxiedProtocol.TCP4 : HAProxyProxiedProtocol.TCP6, text(from.getAddress(), v4),
        text(to.getAddress(), v4), from.getPort(), to.getPort(),
        List.of(new HAProxySSLTLV(CLIENT_NOT_VERIFIED, OVER_TLS, List.of(version))));
  }

  private static String text(InetAddress address, boolean v4) {
    String text = address.getHostAddress();
    if (!v4 && address instanceof Inet4Address) {
      return "::ffff:" + text;
    }
    int scope = text.indexOf('%');
    return scope < 0 ? text : text.substring(0, scope);
  }
}
