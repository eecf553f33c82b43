package dev.sallyport.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

import dev.sallyport.protocol.channel.OutputChannel;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.testing.agent.Answer;
import dev.sallyport.testing.agent.Answer.Piece;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputRoutesTest {
  private static final String HOSTILE = "<html><script>alert(1)</script>\u001b]0;title\u0007\u001b[2J\r\nContent-Type: text/html\r\n";

  @TempDir
  static Path directory;
  private static ApiScene scene;
  private static LiveMachine machine;
  private static String route;

  @BeforeAll
  static void start() throws Exception {
    scene = ApiScene.open(directory);
    machine = scene.enrol("talker", (_, _) -> new Answer(List.of(piece(OutputChannel.STDOUT, HOSTILE),
        piece(OutputChannel.STDERR, "oops\n"), piece(OutputChannel.STDOUT, "more\n")),
        new OperationResult(Outcome.DONE, OptionalInt.of(0), Instant.EPOCH, Instant.EPOCH, 0, false, JsonObject.EMPTY,
            "")));
    String id = scene.give(ApiScene.shell("talk", machine));
    scene.awaitRun(id, "done");
    route = "/api/v1/directives/" + id + "/runs/" + machine.id() + "/output";
  }

  @AfterAll
  static void stop() {
    scene.close();
  }

  @Test
  void bothStreamsAreReadAsTheyCameOrOneByOne() throws Exception {
    assertThat(scene.owner().get(route).body()).isEqualTo(HOSTILE + "oops\nmore\n");
    assertThat(scene.owner().get(route + "?stream=stdout").body()).isEqualTo(HOSTILE + "more\n");
    assertThat(scene.owner().get(route + "?stream=stderr").body()).isEqualTo("oops\n");
  }

  @Test
  @DisplayName("T8 what a machine wrote is a file to keep, for no browser to open, run or guess at")
  void outputIsInert() throws Exception {
    Reply reply = scene.owner().get(route + "?stream=stdout");
    assertThat(reply.header("content-type")).isEqualToIgnoringWhitespace("text/plain;charset=utf-8");
    assertThat(reply.header("content-disposition")).isEqualTo("attachment; filename=\"stdout.txt\"");
    assertThat(reply.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(reply.header("content-security-policy")).contains("default-src 'none'", "sandbox");
    assertThat(reply.header("cache-control")).contains("no-store");
  }

  @ParameterizedTest
  @ValueSource(strings = {"both", "STDOUT", "stdin", "1", "..%2f"})
  void aStreamThatIsNoneIsNamedWithWhatToDo(String stream) throws Exception {
    scene.owner().get(route + "?stream=" + stream).refusedField("stream");
  }

  @Test
  @DisplayName("T14 a run is found by its directive's and its machine's ids alone")
  void anotherMachinesOutputIsNotThere() throws Exception {
    scene.owner().get(route.replace(machine.id(), "00000000-0000-7000-8000-000000000000")).refused(404, "not-found");
    scene.owner().get(route.replace(machine.id(), "talker")).refused(404, "not-found");
  }

  private static Piece piece(OutputChannel channel, String text) {
    return new Piece(channel, text.getBytes(StandardCharsets.UTF_8));
  }
}
