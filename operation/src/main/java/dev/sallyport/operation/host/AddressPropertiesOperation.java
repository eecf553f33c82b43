package dev.sallyport.operation.host;

import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.Primitive;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.HostOperation;
import dev.sallyport.protocol.operation.Outcome;

/**
 * {@code host.addresses}: {@code interfaces}, each with {@code name}, {@code mac} (empty if none), {@code up}, {@code loopback},
 * {@code mtu} and {@code addresses}, each with {@code address} and {@code prefix} (length in bits). {@code more} is true where the list
 * was cut at {@link #MAX_INTERFACES}.
 */
public final class AddressPropertiesOperation implements Primitive<HostOperation.Addresses> {
  /** Most interfaces in one answer; a host of containers has hundreds. */
  static final int MAX_INTERFACES = 500;

  private static final HexFormat MAC = HexFormat.ofDelimiter(":");

  @Override
  public Ending run(HostOperation.Addresses operation, OperationContext context) {
    List<Json> interfaces = new ArrayList<>();
    boolean more = false;
    try {
      for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
        if (interfaces.size() < MAX_INTERFACES) {
          interfaces.add(describe(each));
        } else {
          more = true;
        }
      }
    } catch (SocketException e) {
      return Ending.without(Outcome.FAILED, "cannot list network interfaces: " + e.getMessage());
    }
    var value = JsonObject.builder().put("interfaces", JsonArray.of(interfaces));
    if (more) {
      value.put("more", true);
    }
    return Ending.found(value.build());
  }

  private static JsonObject describe(NetworkInterface each) throws SocketException {
    byte[] mac = each.getHardwareAddress();
    List<Json> addresses = new ArrayList<>();
    for (InterfaceAddress address : each.getInterfaceAddresses()) {
      addresses.add(JsonObject.builder().put("address", withoutScope(address.getAddress().getHostAddress()))
          .put("prefix", address.getNetworkPrefixLength()).build());
    }
    return JsonObject.builder().put("name", each.getName()).put("mac", mac == null ? "" : MAC.formatHex(mac))
        .put("up", each.isUp())
        .put("loopback", each.isLoopback()).put("mtu", each.getMTU()).put("addresses", JsonArray.of(addresses)).build();
  }

  /** The interface is told beside the address, so that the address compares equal on every machine. */
  private static String withoutScope(String address) {
    int scope = address.indexOf('%');
    return scope < 0 ? address : address.substring(0, scope);
  }
}
