package dev.sallyport.protocol.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.Seeded;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The first byte chooses the operation, the rest is its arguments. */
final class OperationFuzzTest {
  @MethodSource("samples")
  @FuzzTest(maxDuration = "10m")
  void readsOrRefuses(byte[] input) {
    if (input.length == 0) {
      return;
    }
    String name = Operations.known().get((input[0] & 0xff) % Operations.known().size()).name();
    Operation read;
    try {
      read = Operations.decode(name, Arrays.copyOfRange(input, 1, input.length));
    } catch (ProtocolException refused) {
      assertThat(refused.getMessage()).isNotBlank();
      return;
    }
    assertThat(Operations.decode(name, read.arguments())).isEqualTo(read);
  }

  static Stream<Arguments> samples() {
    return Seeded.samples(seeded -> sample(SampleOperations.operation(seeded)));
  }

  private static byte[] sample(Operation operation) {
    byte[] arguments = Operations.encode(operation);
    byte[] input = new byte[arguments.length + 1];
    System.arraycopy(arguments, 0, input, 1, arguments.length);
    while (!Operations.known().get(input[0]).name().equals(operation.name())) {
      input[0]++;
    }
    return input;
  }
}
