package dev.sallyport.server.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.protocol.ProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

  @ParameterizedTest
  @CsvSource({"10.0.0.0/8,10.255.255.255,true", "10.0.0.0/8,11.0.0.0,false", "192.0.2.128/25,192.0.2.127,false",
      "192.0.2.128/25,192.0.2.128,true", "192.0.2.7/32,192.0.2.7,true", "192.0.2.7/32,192.0.2.6,false",
      "0.0.0.0/0,255.255.255.255,true",
      "2001:db8::/33,2001:db8:7fff::1,true", "2001:db8::/33,2001:db8:8000::1,false", "::/0,2001:db8::1,true",
      "::/0,192.0.2.1,false",
      "0.0.0.0/0,2001:db8::1,false", "10.0.0.0/8,not an address,false", "10.0.0.0/8,localhost,false"})
  void anAddressIsInsideWhenItsLeadingBitsAreTheNetworks(String network, String address, boolean inside) {
    assertThat(new Network(network).contains(address)).isEqualTo(inside);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "::/129", "localhost/8",
      "10.0.0/8/8", "10.0.0.0/8 "})
  void whatIsNoNetworkIsRefused(String text) {
    assertThatThrownBy(() -> new Network(text)).isInstanceOf(ProtocolException.class);
  }

  @Test
  void anIpv4AddressInsideIpv6IsTheIpv4Address() {
    assertThat(new Network("192.0.2.0/24").contains("::ffff:192.0.2.9")).isTrue();
  }
}
