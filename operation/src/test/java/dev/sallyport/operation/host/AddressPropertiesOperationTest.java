package dev.sallyport.operation.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.HostOperation;
import dev.sallyport.protocol.operation.OperationId;
import org.junit.jupiter.api.Test;

final class AddressPropertiesOperationTest {
  @Test
  void theLoopbackInterfaceIsAmongThem() {
    Ending ending = new AddressPropertiesOperation().run(new HostOperation.Addresses(),
        new OperationContext(new OperationId("01890a5d-ac96-774b-bcce-b302099a8057/0"),
            (channel, bytes, offset, length) -> {
            }));

    JsonObject loopback = ending.value().objects("interfaces", 999).stream().filter(each -> each.bool("loopback"))
        .findFirst()
        .orElseThrow();
    assertThat(loopback.objects("addresses", 99)).extracting(address -> address.string("address"))
        .contains("127.0.0.1");
    assertThat(loopback.objects("addresses", 99)).extracting(address -> address.string("address"))
        .noneMatch(text -> text.contains("%"));
  }
}
