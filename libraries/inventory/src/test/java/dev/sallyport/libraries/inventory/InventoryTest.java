package dev.sallyport.libraries.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;

import dev.sallyport.library.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The library's functions, on the machine that runs this test. */
final class InventoryTest {
  private static Object call(String function) {
    return new Inventory().call(new Call(function, List.of(), _ -> {}));
  }

  @ParameterizedTest
  @ValueSource(strings = {"computer", "processor", "memory", "disks", "devices", "sensors"})
  void everyFunctionOfTheManifestAnswers(String function) {
    assertThat(call(function)).isInstanceOfAny(Map.class, List.class);
  }

  @Test
  void theProcessorHasANameAndCores() {
    var processor = (Map<?, ?>) call("processor");
    assertThat(processor.containsKey("name")).isTrue();
    assertThat((Integer) processor.get("logical")).isPositive();
    assertThatThrownBy(() -> call("weight")).isInstanceOf(IllegalArgumentException.class);
  }
}
